package dev.certtide.model.incident;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import dev.certtide.model.Required;
import io.avaje.jsonb.Json;

/**
 * A person said something to an incident.
 *
 * @param owner whose incident
 * @param cause its cause, by {@link Cause#id}
 * @param incident its id: an answer to one that is over says nothing to the next
 * @param answer what was said
 */
@Json
public record IncidentAnswered(Owner owner, String cause, String incident, Incident.Answer answer) {
    /** Of {@link Incident.Answer#by}: it becomes part of a table's key, which has its limits. */
    public static final int LONGEST_BY = 200;

    public IncidentAnswered {
        Required.field("owner", owner);
        Required.field("cause", cause);
        Required.field("incident", incident);
        Required.field("answer", answer);
        if (answer.by().filter(by -> !isName(by)).isPresent()) {
            throw new InvalidInputException(
                    "answer.by", "must be 1 to " + LONGEST_BY + " characters, none of them a control character");
        }
        if (answer.kind() == Incident.Answer.Kind.SNOOZED && answer.until().isEmpty()) {
            throw new InvalidInputException("answer.until", "is missing: a snooze has an end");
        }
    }

    private static boolean isName(String by) {
        return !by.isEmpty() && by.length() <= LONGEST_BY && by.chars().noneMatch(Character::isISOControl);
    }
}
