package dev.certtide.probe.judge;

import java.security.cert.X509Certificate;

/**
 * A rule that is broken and that clients do not enforce.
 *
 * @param certificate whose fault it is
 * @param what the predicate of a sentence of which the certificate is the subject
 * @param source where the rule stands: "RFC 5280, 4.2.1.1", or "BR 7.1.4.3", the CA/Browser Forum's Baseline
 *     Requirements
 */
record Breach(X509Certificate certificate, String what, String source) {
    String told() {
        return Wording.subject(certificate) + " " + what + " (" + source + ")";
    }
}
