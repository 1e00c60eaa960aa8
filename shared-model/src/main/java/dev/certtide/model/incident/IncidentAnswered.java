package dev.certtide.model.incident;

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
    public IncidentAnswered {
        Required.field("owner", owner);
        Required.field("cause", cause);
        Required.field("incident", incident);
        Required.field("answer", answer);
    }
}
