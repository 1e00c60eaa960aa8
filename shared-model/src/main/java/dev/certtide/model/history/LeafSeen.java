package dev.certtide.model.history;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Required;
import io.avaje.jsonb.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A leaf that a target served, as far as its history needs it: some 500 bytes of JSON.
 *
 * @param sha256 fingerprint of the certificate
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity
 * @param issuer distinguished name, RFC 2253
 * @param key the first 20 characters of the key's fingerprint, if the report had it
 * @param names stands for the set of alternative names: the same for the same names
 * @param clientAuth whether TLS client authentication is among its purposes
 * @param firstSeen when the first check saw it
 * @param lastSeen when the last check that is known of saw it. Checks that see what the one before saw are not written
 *     down one by one, so it is settled only when another leaf comes
 */
@Json
public record LeafSeen(
        String sha256,
        Instant notBefore,
        Instant notAfter,
        String issuer,
        Optional<String> key,
        String names,
        boolean clientAuth,
        Instant firstSeen,
        Instant lastSeen) {
    public LeafSeen {
        Required.field("sha256", sha256);
        Required.field("notBefore", notBefore);
        Required.field("notAfter", notAfter);
        Required.field("issuer", issuer);
        Required.field("names", names);
        Required.field("firstSeen", firstSeen);
        Required.field("lastSeen", lastSeen);
    }

    /** A leaf that one check saw. */
    public static LeafSeen of(CertificateReport leaf, Instant seenAt) {
        return new LeafSeen(
                leaf.sha256(),
                leaf.notBefore(),
                leaf.notAfter(),
                leaf.issuer(),
                leaf.publicKeySha256().map(key -> key.substring(0, Math.min(20, key.length()))),
                Fingerprint.shortOf(
                        String.join("\n", leaf.names().stream().sorted().toList()) + "\n+" + leaf.omittedNames()),
                leaf.isForClients(),
                seenAt,
                seenAt);
    }

    /** How long it is valid, both ends included (RFC 5280, 4.1.2.5). */
    public Duration lifetime() {
        return Duration.between(notBefore, notAfter).plusSeconds(1);
    }

    /** Who stands behind the issuer: another intermediate of the same authority is no change. */
    public String authority() {
        return Authority.of(issuer);
    }

    /** The same leaf, seen when either says. */
    LeafSeen and(LeafSeen other) {
        return new LeafSeen(
                sha256,
                notBefore,
                notAfter,
                issuer,
                key,
                names,
                clientAuth,
                firstSeen.isBefore(other.firstSeen) ? firstSeen : other.firstSeen,
                lastSeen.isAfter(other.lastSeen) ? lastSeen : other.lastSeen);
    }
}
