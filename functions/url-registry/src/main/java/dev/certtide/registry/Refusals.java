package dev.certtide.registry;

import dev.certtide.kit.UrlEventBatch.Refusal;
import dev.certtide.model.event.UrlEvent;

/** Why the registry refuses events, and what their sender can do. */
final class Refusals {
    private static final String OWNER = "owner";
    private static final String ROOTS = "privateRoots";

    private Refusals() {}

    /**
     * What is too many by itself is too many in every hour.
     *
     * @param inMessage how many events of the owner the message holds
     * @param limit how many there may be in an hour
     */
    static Refusal tooManyEvents(UrlEvent event, int inMessage, long limit) {
        var most = limit + " events that one owner may send in an hour";
        return new Refusal(
                event,
                OWNER,
                inMessage > limit
                        ? "has " + inMessage + " events in one message, more than the " + most
                                + "; send them in smaller messages, over several hours"
                        : "has sent more than the " + most + "; send it again later");
    }

    /** @param limit how many there may be */
    static Refusal tooManyWatches(UrlEvent event, long limit) {
        return new Refusal(
                event,
                OWNER,
                "has the " + limit + " watches that one owner may have; remove some and add it again after a minute");
    }

    /** Whether it is refused since its owner has asked for too much. */
    static boolean exceedsLimits(Refusal refusal) {
        return refusal.field().equals(OWNER);
    }

    static Refusal unknownRoots(UrlEvent event) {
        return new Refusal(event, ROOTS, "are not known by this name; send the certificates themselves, as PEM");
    }

    static Refusal withoutRoots(UrlEvent event) {
        return new Refusal(
                event,
                ROOTS,
                "is missing: this URL is watched with private roots for this owner; send them again, or their name");
    }
}
