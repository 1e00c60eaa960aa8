package dev.certtide.model.event;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Owner;
import dev.certtide.model.Required;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to tell one owner over one channel, once.
 *
 * @param key the identity of the notification; whatever happens on the way, it is told at most once per key
 * @param kind why it is told
 * @param owner whom to tell
 * @param channel how to tell them
 * @param target what it is about; of several, the first
 * @param status the status to tell: the incident's level, or ok
 * @param incident the incident's identity; of a summary or a test, its own
 * @param since when the incident was opened
 * @param at when this was decided
 * @param findings what was found, worst first
 * @param leaf the certificate that was served
 * @param others further targets with the same trouble, at most {@link #MOST_OTHERS}
 * @param omittedOthers how many more there are
 * @param lines what a summary sums up, worst first, at most {@link #MOST_LINES}; empty otherwise
 * @param omittedLines how many more there are
 * @param fallbacks the channels to take, in this order, when this one can't be used at all
 * @param note a sentence to add, such as why this comes over this channel
 * @param alsoTold channels of the same owner that are told the same themselves: when this one can't be used, nothing is
 *     missed that they say
 * @param alarm how many alarms of this incident were acknowledged over this channel and are void, since it got worse or a
 *     snooze ended: a pager begins another one
 * @param broken of {@link Kind#CHANNEL_BROKEN}, the channel that does not work
 */
@Json
public record Notification(
        String key,
        Kind kind,
        Owner owner,
        Channel channel,
        Target target,
        Status status,
        String incident,
        Instant since,
        Instant at,
        List<Finding> findings,
        Optional<CertificateReport> leaf,
        List<Target> others,
        int omittedOthers,
        List<Line> lines,
        int omittedLines,
        List<Channel> fallbacks,
        Optional<String> note,
        List<Channel> alsoTold,
        int alarm,
        Optional<Channel> broken) {
    /** More are a number to people, and a message has its limits. */
    public static final int MOST_OTHERS = 20;

    /** Of a summary. */
    public static final int MOST_LINES = 50;

    /** Why something is told. */
    public enum Kind {
        /** Trouble began. */
        OPENED,
        /** It got worse, or different. */
        CHANGED,
        /** It is over. */
        RECOVERED,
        /** It lasts, and nobody has done anything about it for a while. */
        REMINDER,
        /** The same, told to somebody else. */
        ESCALATED,
        /** Somebody is at it: pagers stop calling. Nobody else is told. */
        ACKNOWLEDGED,
        /** Several things in one. */
        SUMMARY,
        /** Another channel of the owner does not work. */
        CHANNEL_BROKEN,
        /** Nothing: somebody tries the channel. */
        TEST;

        /** The word used in messages. */
        @Json.Value
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that a summary tells.
     *
     * @param target what it is about
     * @param kind why it is told
     * @param status as of a notification of its own
     * @param headline what is wrong in a few words; of a recovery, what was
     * @param since when it began
     */
    @Json
    public record Line(Target target, Kind kind, Status status, String headline, Instant since) {
        public Line {
            Required.field("target", target);
            Required.field("kind", kind);
            Required.field("status", status);
            Required.field("headline", headline);
            Required.field("since", since);
        }
    }

    public Notification {
        Required.field("key", key);
        Required.field("kind", kind);
        Required.field("owner", owner);
        Required.field("channel", channel);
        Required.field("target", target);
        Required.field("status", status);
        Required.field("incident", incident);
        Required.field("since", since);
        Required.field("at", at);
        findings = List.copyOf(Required.field("findings", findings));
        others = Required.orEmpty(others);
        lines = Required.orEmpty(lines);
        fallbacks = Required.orEmpty(fallbacks);
        alsoTold = Required.orEmpty(alsoTold);
    }

    /** Without what few have. */
    public Notification(
            String key,
            Kind kind,
            Owner owner,
            Channel channel,
            Target target,
            Status status,
            String incident,
            Instant since,
            Instant at,
            List<Finding> findings,
            Optional<CertificateReport> leaf,
            List<Target> others,
            int omittedOthers,
            List<Line> lines,
            int omittedLines,
            List<Channel> fallbacks,
            Optional<String> note) {
        this(
                key,
                kind,
                owner,
                channel,
                target,
                status,
                incident,
                since,
                at,
                findings,
                leaf,
                others,
                omittedOthers,
                lines,
                omittedLines,
                fallbacks,
                note,
                List.of(),
                0,
                Optional.empty());
    }

    /** About one target, without anything to add. */
    public Notification(
            String key,
            Kind kind,
            Owner owner,
            Channel channel,
            Target target,
            Status status,
            String incident,
            Instant since,
            Instant at,
            List<Finding> findings,
            Optional<CertificateReport> leaf) {
        this(
                key,
                kind,
                owner,
                channel,
                target,
                status,
                incident,
                since,
                at,
                findings,
                leaf,
                List.of(),
                0,
                List.of(),
                0,
                List.of(),
                Optional.empty());
    }

    /** The same over {@code next}, one of its fallbacks, with that note: a message of its own. */
    public Notification over(Channel next, String why) {
        return new Notification(
                key + "#" + Fingerprint.shortOf(next.id()),
                kind,
                owner,
                next,
                target,
                status,
                incident,
                since,
                at,
                findings,
                leaf,
                others,
                omittedOthers,
                lines,
                omittedLines,
                fallbacks.stream().filter(other -> !other.equals(next)).toList(),
                Optional.of(why),
                alsoTold,
                alarm,
                broken);
    }
}
