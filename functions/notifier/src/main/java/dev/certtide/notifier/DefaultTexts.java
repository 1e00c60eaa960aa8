package dev.certtide.notifier;

import dev.certtide.model.event.Notification.Kind;

/**
 * What is said unless an owner has said otherwise. Written for somebody who was asleep: the first line says whose
 * certificate, what is wrong and by when to act; then what to do; then the rest.
 */
public final class DefaultTexts {
    private static final TextTemplate TROUBLE = new TextTemplate("{{alert}}: {{host}}: {{problem}}. {{act}}", """
            {{host}}: {{problem}}. {{act}}
            {{#note}}

            {{note}}
            {{/note}}

            What is wrong, and what to do:
            {{#findings}}
            - {{detail}}{{where}} [{{code}}]
            {{/findings}}
            {{#others}}

            The same is wrong with {{others}}.
            {{/others}}

            By when: {{deadline}}
            First seen: {{since}}
            {{#certificate}}
            Certificate: {{certificate}}
            Issued by: {{issuer}}
            Valid until: {{validUntil}}
            {{/certificate}}

            Working on it? Say so, and nothing more is told of it until it gets worse or is over: {{acknowledge}}

            You get this because Certtide watches this site and you were named as somebody to tell. If somebody else looks \
            after it, forward this to them.
            """);

    private static final TextTemplate ESCALATED = new TextTemplate(
            TROUBLE.subject(),
            TROUBLE.body()
                    .replace(
                            "{{#note}}\n\n{{note}}\n",
                            "\nNobody has acknowledged this, so you are told as well.\n{{#note}}\n\n{{note}}\n"));

    private static final TextTemplate RECOVERED = new TextTemplate("{{alert}}: {{host}}: {{problem}}", """
            {{host}}: {{problem}}. {{act}}
            {{#note}}

            {{note}}
            {{/note}}

            It began: {{since}}
            {{#certificate}}
            Certificate: {{certificate}}
            Issued by: {{issuer}}
            Valid until: {{validUntil}}
            {{/certificate}}
            """);

    private static final TextTemplate SUMMARY = new TextTemplate("{{alert}}: {{problem}}", """
            {{problem}}
            {{#note}}

            {{note}}
            {{/note}}

            {{#lines}}
            - {{lineSeverity}}: {{lineHost}}: {{lineProblem}} (since {{lineSince}})
            {{/lines}}
            {{#more}}
            - and {{more}} more
            {{/more}}

            To see all of it: certtide incidents ls
            """);

    /** Nobody reads it: pagers are told by the action. */
    private static final TextTemplate ACKNOWLEDGED =
            new TextTemplate("{{alert}}: {{host}}: {{problem}}", "{{host}}: {{problem}}. Somebody is at it.\n");

    private static final TextTemplate CHANNEL_BROKEN = new TextTemplate("{{alert}}: {{problem}}", """
            {{problem}}. You are told over your other channels meanwhile.

            Why: {{note}}
            Since: {{since}}
            What to do: {{act}}

            It is tried again in some hours. This is not said again before.
            """);

    private static final TextTemplate TEST = new TextTemplate("{{alert}}: this channel works", """
            This is a test of {{channel}}, requested on {{at}}. Nothing is wrong, and there is nothing to do.
            {{#note}}

            {{note}}
            {{/note}}
            """);

    private DefaultTexts() {}

    /** The words for one kind of notification. */
    public static TextTemplate of(Kind kind) {
        return switch (kind) {
            case OPENED, CHANGED, REMINDER -> TROUBLE;
            case ESCALATED -> ESCALATED;
            case RECOVERED -> RECOVERED;
            case ACKNOWLEDGED -> ACKNOWLEDGED;
            case SUMMARY -> SUMMARY;
            case CHANNEL_BROKEN -> CHANNEL_BROKEN;
            case TEST -> TEST;
        };
    }
}
