package dev.certtide.local.template;

import java.util.Map;
import java.util.Optional;

/**
 * The resource types that exist for AWS and change nothing on one machine, with the properties that are known to be so.
 * A type that is not here and has no reader of its own is refused; so is a property that is not listed.
 */
final class WithoutEffect {
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            // Nobody but the user of this machine reaches it: permissions are not evaluated.
            Map.entry(
                    "AWS::IAM::Role",
                    "AssumeRolePolicyDocument Description ManagedPolicyArns MaxSessionDuration Path"
                            + " PermissionsBoundary Policies RoleName Tags"),
            Map.entry("AWS::IAM::Policy", "PolicyDocument PolicyName Roles Groups Users"),
            Map.entry(
                    "AWS::IAM::ManagedPolicy", "PolicyDocument ManagedPolicyName Description Path Roles Groups Users"),
            Map.entry("AWS::SNS::TopicPolicy", "PolicyDocument Topics"),
            Map.entry("AWS::SQS::QueuePolicy", "PolicyDocument Queues"),
            Map.entry(
                    "AWS::Lambda::Permission",
                    "Action FunctionName Principal SourceArn SourceAccount EventSourceToken"
                            + " PrincipalOrgID FunctionUrlAuthType InvokedViaFunctionUrl"),
            Map.entry(
                    "AWS::KMS::Key",
                    "Description Enabled EnableKeyRotation KeyPolicy KeySpec KeyUsage MultiRegion"
                            + " PendingWindowInDays RotationPeriodInDays Tags"),
            Map.entry("AWS::KMS::Alias", "AliasName TargetKeyId"),
            // There is one version of each function: the code in the assembly.
            Map.entry(
                    "AWS::Lambda::Version",
                    "FunctionName Description CodeSha256 ProvisionedConcurrencyConfig" + " RuntimePolicy"),
            Map.entry(
                    "AWS::Lambda::Alias", "FunctionName FunctionVersion Name Description ProvisionedConcurrencyConfig"),
            Map.entry("AWS::CodeDeploy::Application", "ApplicationName ComputePlatform Tags"),
            Map.entry(
                    "AWS::CodeDeploy::DeploymentGroup",
                    "AlarmConfiguration ApplicationName"
                            + " AutoRollbackConfiguration DeploymentConfigName DeploymentGroupName DeploymentStyle ServiceRoleArn Tags"),
            // Watching is left to the eyes of the user.
            Map.entry(
                    "AWS::Logs::LogGroup",
                    "LogGroupName RetentionInDays LogGroupClass KmsKeyId DataProtectionPolicy Tags"),
            Map.entry("AWS::Logs::MetricFilter", "FilterName FilterPattern LogGroupName MetricTransformations"),
            Map.entry(
                    "AWS::CloudWatch::Alarm",
                    "ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator"
                            + " DatapointsToAlarm Dimensions EvaluateLowSampleCountPercentile EvaluationPeriods ExtendedStatistic"
                            + " InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic Tags Threshold"
                            + " ThresholdMetricId TreatMissingData Unit"),
            Map.entry(
                    "AWS::CloudWatch::CompositeAlarm",
                    "ActionsEnabled AlarmActions AlarmDescription AlarmName AlarmRule"
                            + " InsufficientDataActions OKActions Tags"),
            Map.entry("AWS::CloudWatch::Dashboard", "DashboardBody DashboardName"),
            Map.entry("AWS::CDK::Metadata", "Analytics"));

    private WithoutEffect() {}

    /** Whether the type is known; refuses properties that are not. */
    static boolean covers(Resource resource) {
        var properties = Optional.ofNullable(PROPERTIES.get(resource.type()));
        properties.ifPresent(known -> resource.read(reader -> reader.withoutEffect(known.split(" "))));
        return properties.isPresent();
    }
}
