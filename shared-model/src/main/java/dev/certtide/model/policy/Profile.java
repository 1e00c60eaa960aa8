package dev.certtide.model.policy;

import java.util.Locale;

/** How an owner renews certificates. */
public enum Profile {
    /** A program does: trouble is what it has not done in time. */
    AUTOMATIC,
    /** A person does, and wants to know early enough to plan it. */
    MANUAL;

    /** The word used in policies. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
