package dev.certtide.probe.path;

import java.security.cert.X509Certificate;

/**
 * Why a path is not valid.
 *
 * @param kind what sort of reason it is
 * @param certificate whose fault it is
 * @param what the predicate of a sentence of which the certificate is the subject: "is not a CA's"
 * @param source where the rule stands: "RFC 5280, 6.1.4 (k)"
 */
public record Violation(Kind kind, X509Certificate certificate, String what, String source) {
    /** Sorts of reasons. */
    public enum Kind {
        EXPIRED,
        NOT_YET_VALID,
        BAD_SIGNATURE,
        CONSTRAINED
    }

    static Violation constrained(X509Certificate certificate, String what, String source) {
        return new Violation(Kind.CONSTRAINED, certificate, what, source);
    }
}
