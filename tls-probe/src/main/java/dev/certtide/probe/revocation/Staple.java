package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.transparency.SignedTimestamp;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the response says that a server stapled to its handshake. */
public sealed interface Staple {
    /** The authority vouches for the certificate. */
    record Good() implements Staple {}

    /** The authority has revoked it. */
    record Revoked(RevocationList.Entry entry) implements Staple {}

    /**
     * It cannot be used.
     *
     * @param what the predicate of a sentence of which the response is the subject
     */
    record Unusable(String what) implements Staple {}

    /** How long an answer counts that does not say when the next one comes; Mozilla's bound. */
    Duration LONGEST = Duration.ofDays(10);

    /** Clocks differ. */
    Duration TOLERANCE = Duration.ofMinutes(15);

    /** TLS features (RFC 7633): what the certificate's server has to send. */
    String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    int STATUS_REQUEST = 5;

    /** Whether the certificate says that its server always staples ("must-staple", RFC 7633, 4.2.3.1). */
    static boolean isRequiredBy(X509Certificate certificate) {
        try {
            return Extensions.of(certificate, TLS_FEATURE)
                    .map(features -> features.as(Der.SEQUENCE).children().stream()
                            .anyMatch(feature -> feature.as(Der.INTEGER).count() == STATUS_REQUEST))
                    .orElse(false);
        } catch (MalformedDerException e) {
            return false;
        }
    }

    /** The timestamps of logs in the answer about that certificate (RFC 6962, 3.3), whoever may have signed it. */
    static List<SignedTimestamp> timestamps(byte[] der, X509Certificate leaf) {
        try {
            return OcspResponse.parse(der).answers().stream()
                    .filter(answer -> answer.serialNumber().equals(leaf.getSerialNumber()))
                    .findFirst()
                    .map(OcspResponse.Answer::timestamps)
                    .orElse(List.of());
        } catch (MalformedDerException e) {
            return List.of();
        }
    }

    /**
     * The instants at which what is said of a response may change.
     *
     * @throws MalformedDerException if it cannot be read
     */
    static Stream<Instant> turningPoints(byte[] der) {
        OcspResponse response = OcspResponse.parse(der);
        return Stream.concat(
                response.answers().stream()
                        .flatMap(answer -> Stream.concat(
                                Stream.of(
                                        answer.thisUpdate().minus(TOLERANCE),
                                        answer.thisUpdate().plus(LONGEST)),
                                answer.nextUpdate().stream())),
                response.certificates().stream()
                        .flatMap(responder -> Stream.of(
                                responder.getNotBefore().toInstant(),
                                responder.getNotAfter().toInstant())));
    }

    /**
     * Judges a response.
     *
     * @param der the response
     * @param issuer who signed the leaf
     * @param signatures verifies the certificate of whom the issuer has charged with answers
     */
    static Staple of(byte[] der, X509Certificate leaf, X509Certificate issuer, Instant now, Signatures signatures) {
        try {
            OcspResponse response = OcspResponse.parse(der);
            Optional<OcspResponse.Answer> found = response.answerOn(leaf, issuer);
            if (found.isEmpty()) {
                return new Unusable("is for another certificate");
            }
            OcspResponse.Answer answer = found.get();
            boolean isOld =
                    now.isAfter(answer.nextUpdate().orElse(answer.thisUpdate().plus(LONGEST)));
            // Who was charged with answers has certificates of weeks, and an old answer was signed when it was new.
            if (!response.isSignedFor(issuer, isOld ? answer.thisUpdate() : now, signatures)) {
                return new Unusable("is not signed by the authority, nor by whom it charged with that");
            }
            if (now.plus(TOLERANCE).isBefore(answer.thisUpdate())) {
                return new Unusable("is of the future");
            }
            return isOld ? old(answer) : current(answer);
        } catch (MalformedDerException e) {
            return new Unusable("cannot be read: " + e.getMessage());
        }
    }

    private static Staple current(OcspResponse.Answer answer) {
        return answer.isUnknown()
                ? new Unusable("says that the authority does not know the certificate")
                : answer.revoked().<Staple>map(Revoked::new).orElseGet(Good::new);
    }

    /** What was revoked stays so, unless it was only on hold (RFC 5280, 5.3.1); that all was well may have changed. */
    private static Staple old(OcspResponse.Answer answer) {
        return answer.revoked()
                .filter(entry -> entry.reason() != RevocationList.Entry.CERTIFICATE_HOLD)
                .<Staple>map(Revoked::new)
                .orElseGet(() -> new Unusable("is out of date"));
    }
}
