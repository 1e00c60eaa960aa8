package dev.certtide.notifier;

import dev.certtide.model.FindingCode;

/** What is wrong, in the few words that fit behind the name of a host. Pure. */
final class Headline {
    private Headline() {}

    /** For example {@code an intermediate certificate is missing}. */
    static String of(FindingCode code) {
        return switch (code) {
            case EXPIRED -> "the certificate has expired";
            case NOT_YET_VALID -> "the certificate is not valid yet";
            case EXPIRING -> "the certificate is about to expire";
            case RENEWAL_OVERDUE -> "the renewal is overdue";
            case INTERMEDIATE_EXPIRING -> "an intermediate certificate is about to expire";
            case HOSTNAME_MISMATCH -> "the certificate is for another name";
            case SELF_SIGNED -> "the certificate is self-signed";
            case UNTRUSTED_ROOT -> "the certificate's authority is not trusted";
            case INCOMPLETE_CHAIN -> "an intermediate certificate is missing";
            case CHAIN_OUT_OF_ORDER -> "the chain is in the wrong order";
            case INVALID_CHAIN -> "the chain is invalid";
            case DISTRUSTED_CA -> "the certificate's authority is being distrusted";
            case NON_COMPLIANT -> "the certificate breaks a rule";
            case REVOKED -> "the certificate is revoked";
            case WEAK_KEY -> "the certificate's key is weak";
            case WEAK_SIGNATURE -> "a signature is weak";
            case OBSOLETE_PROTOCOL -> "the server offers obsolete protocols only";
            case WEAK_CIPHER -> "the server uses a weak cipher";
            case SAN_MISSING -> "the certificate names no host";
            case CLIENT_CERTIFICATE_REQUIRED -> "the server asks for a client certificate";
            case HANDSHAKE_FAILED -> "the TLS handshake fails";
            case NO_CERTIFICATE -> "the server shows no certificate";
            case CONNECTION_REFUSED -> "the server refuses connections";
            case CONNECTION_TIMEOUT -> "the server does not answer";
            case DNS_FAILURE -> "the name does not resolve";
            case ADDRESS_BLOCKED -> "its address may not be visited";
            case SPLIT_FLEET -> "its addresses serve different certificates";
            case CLIENT_AUTH_EKU_REMOVED -> "the next renewal may break client authentication";
        };
    }
}
