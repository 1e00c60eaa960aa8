package dev.certtide.infra;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** A topic of events, over TLS only, with a policy that says which accounts may publish. */
final class EventTopic extends Construct {
    private final Topic topic;

    /**
     * @param publishers accounts besides our own that may publish; there and here an IAM policy has to allow it too
     */
    EventTopic(CerttideStack stack, String id, String name, List<String> publishers) {
        super(stack, id);
        topic = Topic.Builder.create(this, "Topic")
                .topicName(stack.stage().physicalName(name))
                .enforceSsl(true)
                .build();
        letPublish(Stream.concat(Stream.of(stack.getAccount()), publishers.stream())
                .toList());
        alarms(stack.alarms(), name);
    }

    Topic topic() {
        return topic;
    }

    String arn() {
        return topic.getTopicArn();
    }

    /** enforceSsl replaces a topic's default policy, which lets its own account publish: that is said again here. */
    private void letPublish(List<String> accounts) {
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("Publishers")
                .principals(accounts.stream().map(AccountPrincipal::new).toList())
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .build());
    }

    private void alarms(Alarms alarms, String name) {
        alarms.onReaching(
                1,
                topic.metricNumberOfNotificationsFailed(Alarms.sum()),
                this,
                "Failed",
                name + "-failed",
                "SNS gave up delivering an event of " + name
                        + "; it lies in the -undelivered queue of the subscription");
        alarms.onReaching(
                1,
                failedToRedrive(),
                this,
                "Lost",
                name + "-lost",
                "SNS could not even park an undelivered event of " + name + ": it is lost");
    }

    private Metric failedToRedrive() {
        return Metric.Builder.create()
                .namespace("AWS/SNS")
                .metricName("NumberOfNotificationsFailedToRedriveToDlq")
                .dimensionsMap(Map.of("TopicName", topic.getTopicName()))
                .build()
                .with(Alarms.sum());
    }
}
