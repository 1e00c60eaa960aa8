package dev.certtide.local.template;

import java.util.List;
import java.util.Optional;

/**
 * An EventBridge rule on a schedule.
 *
 * @param schedule {@code rate(...)} or {@code cron(...)}
 */
public record RuleSpec(String name, String arn, String schedule, boolean enabled, List<Target> targets) {

    /**
     * A function or a queue.
     *
     * @param input the JSON that is sent instead of the event, if any
     * @param deadLetterQueueArn the queue that takes events which the target did not
     */
    public record Target(String arn, Optional<String> input, Optional<String> deadLetterQueueArn) {

        /** Whether it is a function, and not a queue. */
        public boolean isFunction() {
            return arn.startsWith("arn:aws:lambda:");
        }

        /** The name of the queue or function. */
        public String name() {
            return isFunction() ? MappingSpec.functionName(arn) : Place.nameOf(arn);
        }
    }

    static RuleSpec read(Resource resource) {
        return resource.read(properties -> {
            properties.withoutEffect("Name", "Description", "RoleArn", "Tags");
            return new RuleSpec(
                    resource.ref(),
                    resource.place().arn("events", "rule/" + resource.ref()),
                    properties.requiredText("ScheduleExpression"),
                    !properties.text("State").orElse("ENABLED").equals("DISABLED"),
                    properties.objects("Targets", target -> {
                        target.withoutEffect("Id", "RoleArn", "RetryPolicy");
                        var arn = target.requiredText("Arn");
                        if (!arn.startsWith("arn:aws:lambda:") && !arn.startsWith("arn:aws:sqs:")) {
                            throw target.refuse("Targets.Arn", "must be a function or a queue, is " + arn);
                        }
                        return new Target(
                                arn,
                                target.text("Input"),
                                target.object("DeadLetterConfig", config -> config.requiredText("Arn")));
                    }));
        });
    }
}
