package dev.certtide.local.events;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a rule fires ("Using schedule expressions in Amazon EventBridge"). Times are in UTC, as EventBridge takes them. */
public sealed interface Schedule {

    /** The first time after {@code time}, if there is one. */
    Optional<Instant> next(Instant time);

    /**
     * {@code rate(5 minutes)}: at regular intervals from when the rule was made.
     *
     * @param made when the rule was made
     */
    record Rate(Duration interval, Instant made) implements Schedule {
        @Override
        public Optional<Instant> next(Instant time) {
            if (time.isBefore(made)) return Optional.of(made.plus(interval));
            long passed = Duration.between(made, time).dividedBy(interval);
            return Optional.of(made.plus(interval.multipliedBy(passed + 1)));
        }
    }

    /** {@code cron(0 10 * * ? *)}. */
    record Cron(String expression, ExecutionTime times) implements Schedule {
        @Override
        public Optional<Instant> next(Instant time) {
            return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
        }
    }

    /**
     * Reads a schedule expression.
     *
     * @param made when the rule was made
     * @throws IllegalArgumentException if EventBridge would refuse the expression; the message says why
     */
    static Schedule parse(String expression, Instant made) {
        if (expression.startsWith("rate(") && expression.endsWith(")")) {
            return Expressions.rate(expression, made);
        }
        if (expression.startsWith("cron(") && expression.endsWith(")")) {
            return Expressions.cron(
                    expression.substring(5, expression.length() - 1).strip());
        }
        throw new IllegalArgumentException("not a schedule expression: " + expression);
    }

    /** The two grammars. */
    final class Expressions {
        private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,9}) (minute|hour|day)(s?)\\)");
        private static final CronDefinition AWS = CronDefinitionBuilder.defineCron()
                .withMinutes()
                .withStrictRange()
                .and()
                .withHours()
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .supportsL()
                .supportsW()
                .supportsLW()
                .supportsQuestionMark()
                .and()
                .withMonth()
                .and()
                .withDayOfWeek()
                .withValidRange(1, 7)
                .withMondayDoWValue(2)
                .supportsHash()
                .supportsL()
                .supportsQuestionMark()
                .and()
                .withYear()
                .withValidRange(1970, 2199)
                .and()
                .instance();

        private Expressions() {}

        static Rate rate(String expression, Instant made) {
            var match = RATE.matcher(expression);
            if (!match.matches())
                throw new IllegalArgumentException("not a rate of minutes, hours or days: " + expression);
            long value = Long.parseLong(match.group(1));
            if (value < 1) throw new IllegalArgumentException("a rate must be positive: " + expression);
            if ((value == 1) != match.group(3).isEmpty()) {
                throw new IllegalArgumentException("singular for 1, plural otherwise: " + expression);
            }
            return new Rate(
                    switch (match.group(2)) {
                        case "minute" -> Duration.ofMinutes(value);
                        case "hour" -> Duration.ofHours(value);
                        default -> Duration.ofDays(value);
                    },
                    made);
        }

        static Cron cron(String fields) {
            var all = fields.split("\\s+");
            if (all.length != 6)
                throw new IllegalArgumentException("cron has six fields, not %d: %s".formatted(all.length, fields));
            // cron-utils does not insist on it, EventBridge does.
            if (all[2].equals("?") == all[4].equals("?")) {
                throw new IllegalArgumentException("exactly one of day-of-month and day-of-week must be ?: " + fields);
            }
            return new Cron(
                    fields,
                    ExecutionTime.forCron(new CronParser(AWS).parse(fields).validate()));
        }
    }
}
