package dev.certtide.model.event;

import java.util.Optional;

/**
 * What the marketing database wants to know of the person behind a URL; all of it is optional.
 *
 * @param email where to write to
 * @param name how to address them
 * @param locale BCP 47 language tag
 * @param plan what they signed up for
 */
public record Customer(Optional<String> email, Optional<String> name, Optional<String> locale, Optional<String> plan) {}
