package dev.certtide.kit.engine;

import java.util.HashMap;
import java.util.Map;

/** The variables of a function under test, as a deployment would set them. */
public final class Variables {
    private Variables() {}

    /** Those by which every function finds the engines, and its own. */
    public static Map<String, String> of(LocalDynamoDb dynamoDb, LocalSqs sqs, Map<String, String> own) {
        var variables = new HashMap<>(Map.of(
                "STAGE", "local",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local-s3cret",
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString(),
                "AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString()));
        variables.putAll(own);
        return variables;
    }
}
