package dev.certtide.infra;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/** A new version of a function gets a tenth of the traffic for five minutes; an error then brings the old one back. */
final class Canary extends Construct {
    private static final String MANAGED_POLICY = "AWSCodeDeployRoleForLambdaLimited";

    private final LambdaApplication application;
    private final Role role;

    Canary(CerttideStack stack) {
        super(stack, "Canary");
        application = LambdaApplication.Builder.create(this, "Application")
                .applicationName(stack.stage().physicalName("functions"))
                .build();
        role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
                .build();
        Acknowledged.finding(
                role,
                "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/" + MANAGED_POLICY + "]",
                "AWS's own policy for what CodeDeploy does to Lambda aliases; AWS keeps it in step with CodeDeploy");
    }

    void guards(Construct scope, Alias live, Alarm errors) {
        LambdaDeploymentGroup.Builder.create(scope, "Canary")
                .application(application)
                .role(role)
                .alias(live)
                .deploymentConfig(LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES)
                .alarms(List.of(errors))
                .build();
    }
}
