package dev.certtide.kit.engine.memory;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What the engines refuse, in the words and types in which the SDK tells it. */
final class Refusals {
    private Refusals() {}

    /** The request makes no sense. The SDK has no class of its own for this one. */
    static DynamoDbException invalid(String message) {
        return (DynamoDbException) DynamoDbException.builder()
                .message(message)
                .awsErrorDetails(details("ValidationException", message))
                .statusCode(400)
                .build();
    }

    static ConditionalCheckFailedException conditionFailed() {
        var message = "The conditional request failed";
        return ConditionalCheckFailedException.builder()
                .message(message)
                .awsErrorDetails(details("ConditionalCheckFailedException", message))
                .writableStackTrace(false)
                .statusCode(400)
                .build();
    }

    static ResourceNotFoundException noTable(String name) {
        var message = "Requested resource not found: Table: " + name + " not found";
        return ResourceNotFoundException.builder()
                .message(message)
                .awsErrorDetails(details("ResourceNotFoundException", message))
                .statusCode(400)
                .build();
    }

    static RuntimeException tableThrottled() {
        var message = "The level of configured provisioned throughput for the table was exceeded";
        return ProvisionedThroughputExceededException.builder()
                .message(message)
                .awsErrorDetails(details("ProvisionedThroughputExceededException", message))
                .writableStackTrace(false)
                .statusCode(400)
                .build();
    }

    static RuntimeException queueThrottled() {
        var message = "Rate exceeded";
        return RequestThrottledException.builder()
                .message(message)
                .awsErrorDetails(details("RequestThrottled", message))
                .writableStackTrace(false)
                .statusCode(403)
                .build();
    }

    static SqsException invalidMessage(String message) {
        return (SqsException) SqsException.builder()
                .message(message)
                .awsErrorDetails(details("InvalidParameterValue", message))
                .statusCode(400)
                .build();
    }

    static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }

    /**
     * Lets a request pass that asks for nothing but this.
     *
     * @throws UnsupportedOperationException otherwise: to pass over something in silence would prove nothing
     */
    static void unlessOnly(SdkPojo request, Set<String> fields) {
        for (var field : request.sdkFields()) {
            var value = field.getValueOrDefault(request);
            boolean isSet = value != null
                    && !(value instanceof SdkAutoConstructMap<?, ?>)
                    && !(value instanceof SdkAutoConstructList<?>);
            if (isSet && !fields.contains(field.memberName())) {
                throw new UnsupportedOperationException(request.getClass().getSimpleName() + " with "
                        + field.memberName() + " is not known to the engine in memory");
            }
        }
    }
}
