package dev.certtide.local.template;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * How the rest of a template refers to a resource.
 *
 * @param ref what {@code Ref} returns
 * @param attributes what {@code Fn::GetAtt} returns, by attribute name
 */
record Identity(String ref, Map<String, String> attributes) {

    /** The property that holds the physical name, for the types that have one. */
    static String nameProperty(String type) {
        return switch (type) {
            case "AWS::SNS::Topic" -> "TopicName";
            case "AWS::SQS::Queue" -> "QueueName";
            case "AWS::DynamoDB::Table" -> "TableName";
            case "AWS::Lambda::Function" -> "FunctionName";
            case "AWS::Logs::LogGroup" -> "LogGroupName";
            case "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm" -> "AlarmName";
            case "AWS::IAM::Role" -> "RoleName";
            case "AWS::CodeDeploy::Application" -> "ApplicationName";
            case "AWS::CodeDeploy::DeploymentGroup" -> "DeploymentGroupName";
            default -> "Name";
        };
    }

    /**
     * Works out the identity of a resource, as each type's page in the "AWS resource and property types reference"
     * gives it under "Return values".
     *
     * @param property reads another string property of the same resource, resolved
     */
    static Identity of(Place place, String type, String logicalId, String name, UnaryOperator<String> property) {
        return switch (type) {
            case "AWS::SNS::Topic" -> {
                var arn = place.arn("sns", name);
                yield new Identity(arn, Map.of("TopicArn", arn, "TopicName", name));
            }
            case "AWS::SNS::Subscription" -> {
                // The same on every start, so that what clients have noted stays true.
                var id = UUID.nameUUIDFromBytes((place.stackName() + logicalId).getBytes(StandardCharsets.UTF_8));
                var arn = property.apply("TopicArn") + ":" + id;
                yield new Identity(arn, Map.of("Arn", arn));
            }
            case "AWS::SQS::Queue" -> {
                var url = place.queueUrl(name);
                yield new Identity(url, Map.of("Arn", place.arn("sqs", name), "QueueName", name, "QueueUrl", url));
            }
            case "AWS::DynamoDB::Table" -> named(name, place.arn("dynamodb", "table/" + name));
            case "AWS::Lambda::Function" -> named(name, place.arn("lambda", "function:" + name));
            case "AWS::Lambda::Version" -> {
                var arn = functionArn(place, property.apply("FunctionName")) + ":1";
                yield new Identity(arn, Map.of("Version", "1", "FunctionArn", arn));
            }
            case "AWS::Lambda::Alias" -> {
                var arn = functionArn(place, property.apply("FunctionName")) + ":" + property.apply("Name");
                yield new Identity(arn, Map.of("AliasArn", arn));
            }
            case "AWS::Events::Rule" -> named(name, place.arn("events", "rule/" + name));
            case "AWS::IAM::Role" -> new Identity(name, Map.of("Arn", place.iamArn("role/" + name), "RoleId", name));
            case "AWS::Logs::LogGroup" -> named(name, place.arn("logs", "log-group:" + name + ":*"));
            case "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm" ->
                named(name, place.arn("cloudwatch", "alarm:" + name));
            case "AWS::SSM::Parameter" -> {
                yield new Identity(name, Map.of("Type", "String", "Value", property.apply("Value")));
            }
            case "AWS::KMS::Key" -> new Identity(name, Map.of("Arn", place.arn("kms", "key/" + name), "KeyId", name));
            default -> new Identity(name, Map.of());
        };
    }

    private static Identity named(String name, String arn) {
        return new Identity(name, Map.of("Arn", arn));
    }

    private static String functionArn(Place place, String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : place.arn("lambda", "function:" + nameOrArn);
    }
}
