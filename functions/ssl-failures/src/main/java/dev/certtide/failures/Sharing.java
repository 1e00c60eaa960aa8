package dev.certtide.failures;

import dev.certtide.kit.Incidents;
import dev.certtide.model.Channel;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Watch;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Incident;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a target takes part in an incident of many. One incident has only so many channels; a target whose watch brings
 * one too many has its trouble by itself, since otherwise nobody would be told of it there.
 */
final class Sharing {
    private static final Set<FindingCode> OF_MANY =
            EnumSet.of(FindingCode.INTERMEDIATE_EXPIRING, FindingCode.DISTRUSTED_CA);

    private final Incidents incidents;

    Sharing(Incidents incidents) {
        this.incidents = incidents;
    }

    /**
     * Whether the target of a watch takes part in the trouble of many from {@code cause}. What began by itself ends by
     * itself, though there may be room by then.
     *
     * @param before the causes of which it took part in an incident
     */
    boolean takesPart(Watch watch, Cause cause, Set<Cause> before) {
        var own = Cause.of(watch.target());
        boolean isApart = !before.contains(cause) && before.contains(own) && isOfMany(watch.owner(), own);
        return !isApart && hasRoom(watch, cause);
    }

    /** Whether what could be trouble of many is in that incident of one. */
    private boolean isOfMany(Owner owner, Cause own) {
        return incidents.find(owner, own.id()).filter(Incident::isOpen).stream()
                .flatMap(incident -> incident.findings().stream())
                .anyMatch(finding -> OF_MANY.contains(finding.code()));
    }

    /** Whether the incident that is open, if any is, has room for all channels of the watch, or has them already. */
    boolean hasRoom(Watch watch, Cause cause) {
        return incidents
                .find(watch.owner(), cause.id())
                .filter(Incident::isOpen)
                .map(incident -> fits(union(incident.channels(), watch.channels())))
                .orElse(true);
    }

    /** Those of an incident with those of one more target; as they were if there would be too many. */
    static List<Channel> joined(List<Channel> channels, List<Channel> more) {
        var all = union(channels, more);
        return fits(all) ? all : channels;
    }

    private static boolean fits(List<Channel> channels) {
        return channels.size() <= Incident.MOST_CHANNELS;
    }

    private static List<Channel> union(List<Channel> some, List<Channel> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
