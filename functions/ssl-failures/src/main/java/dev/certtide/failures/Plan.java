package dev.certtide.failures;

import dev.certtide.model.incident.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do about an incident now.
 *
 * @param decisions what was decided
 * @param next when to decide again, though nothing happens before
 * @param isOver whether nothing will be left to tell
 */
record Plan(List<Decision> decisions, Optional<Instant> next, boolean isOver) {}
