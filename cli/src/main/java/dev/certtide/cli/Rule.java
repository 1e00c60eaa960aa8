package dev.certtide.cli;

import java.util.Arrays;
import java.util.Locale;

/** The rules by which something is told or not, explained in one sentence each; {@code docs/policies.md} has them too. */
enum Rule {
    FIRST("this was news to the channel"),
    REMINDER("it lasted, nobody had acknowledged it, and the policy asks for reminders"),
    SNOOZE_OVER("the snooze was over, and the trouble was not"),
    ESCALATION("nobody had acknowledged it in time, so others are told as well"),
    ANSWER("somebody had acknowledged it or put it off, and a pager that was told of it hears so"),
    END("who was told of trouble is told of its end"),
    LEFT("the owner had removed or paused the watch, so the alert that is open at a pager is ended"),
    NOT_WATCHED("the owner had removed or paused the watch"),
    BELOW_LEVEL("the policy wants nothing as mild as that on this channel"),
    SAID_ALREADY("the escalation is to a channel of the watch itself, which has just been told how bad it is"),
    ACKNOWLEDGED("somebody had acknowledged it, and it has not become worse"),
    SNOOZED("somebody had put it off until then"),
    FLAPPING("it had been over for less than an hour and this channel knows of the last time; it is told if it lasts"),
    MAINTENANCE("there was maintenance, of which trouble is expected"),
    QUIET_HOURS("there were quiet hours"),
    BROKEN_CHANNEL("this channel did not work and another one was told of that; it is tried again later"),
    DIGEST("the policy wants a summary instead of single messages"),
    TOO_MANY("this channel had got so many messages that the rest was summed up");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    /** As decisions name it, for example {@code quiet-hours}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Why it decided as it did; of a rule that is not known here, where to read about it. */
    static String sentence(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.word().equals(word))
                .findFirst()
                .map(rule -> rule.sentence)
                .orElse("a rule that this version does not know");
    }
}
