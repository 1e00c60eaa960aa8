package dev.certtide.probe.revocation;

import java.security.cert.X509Certificate;

/** What revocation lists say of a certificate. */
public sealed interface Revocation {
    /** It is on none of the lists, and they cover all reasons. */
    record NotRevoked() implements Revocation {}

    /** It is on a list. */
    record Revoked(X509Certificate certificate, RevocationList.Entry entry) implements Revocation {}

    /**
     * No list that is current, signed by whom it should be, and for this certificate covers all reasons.
     *
     * @param why what keeps the lists from saying something, for people: {@code it is out of date since ...}
     */
    record Unknown(X509Certificate certificate, String why) implements Revocation {}
}
