package dev.certtide.model.event;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.Finding;
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
 * @param kind whether trouble began, changed or ended
 * @param owner whom to tell
 * @param channel how to tell them
 * @param target what it is about
 * @param status the status to tell: the incident's level, or ok
 * @param incident the incident's identity
 * @param since when the incident was opened
 * @param at when this was decided
 * @param findings what was found, worst first
 * @param leaf the certificate that was served
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
        Optional<CertificateReport> leaf) {

    /** Whether trouble began, changed or ended. */
    public enum Kind {
        OPENED,
        CHANGED,
        RECOVERED;

        /** The word used in messages. */
        @Json.Value
        public String word() {
            return name().toLowerCase(Locale.ROOT);
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
    }
}
