package dev.certtide.failures;

import dev.certtide.model.Channel;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;

/**
 * Something that was handed over to be told, in the course of one incident.
 *
 * @param owner to whom
 * @param channel how, by {@link Channel#id()}
 * @param status which status; {@link Status#OK} for the recovery
 */
record Told(Owner owner, String channel, Status status) {}
