package dev.certtide.infra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The alarms of a stage: named alike, and mailed to one address if the deployment names one. */
final class Alarms {
    private static final Duration MINUTE = Duration.minutes(1);

    private final Stage stage;
    private final Optional<Topic> mail;

    Alarms(CerttideStack stack, Deployment deployment) {
        stage = deployment.stage();
        mail = deployment.alarmEmail().map(address -> mailTo(stack, address));
    }

    /** The largest value of each minute. */
    static MetricOptions maximum() {
        return MetricOptions.builder().period(MINUTE).statistic("Maximum").build();
    }

    /** The sum of each minute. */
    static MetricOptions sum() {
        return MetricOptions.builder().period(MINUTE).statistic("Sum").build();
    }

    /** Rings in the first minute in which the metric reaches the threshold. */
    Alarm onReaching(double threshold, IMetric metric, Construct scope, String id, String name, String description) {
        return announced(Alarm.Builder.create(scope, id)
                .alarmName(stage.physicalName(name))
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build());
    }

    /** Rings when a metric that should never pause has nothing to show for so many minutes. */
    Alarm onSilence(int minutes, IMetric metric, Construct scope, String id, String name, String description) {
        return announced(Alarm.Builder.create(scope, id)
                .alarmName(stage.physicalName(name))
                .alarmDescription(description)
                .metric(metric)
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(minutes)
                .treatMissingData(TreatMissingData.BREACHING)
                .build());
    }

    private Alarm announced(Alarm alarm) {
        mail.ifPresent(topic -> alarm.addAlarmAction(new SnsAction(topic)));
        return alarm;
    }

    private Topic mailTo(CerttideStack stack, String address) {
        var topic = Topic.Builder.create(stack, "AlarmTopic")
                .topicName(stage.physicalName("alarms"))
                .enforceSsl(true)
                .build();
        // enforceSsl replaces the topic's default policy, so CloudWatch has to be let in by name.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsOfThisAccount")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
                .build());
        topic.addSubscription(new EmailSubscription(address));
        return topic;
    }
}
