package dev.certtide.model;

/** What is wrong, in the few words that fit behind the name of a host. Pure. */
public final class Headline {
    private Headline() {}

    /** For example {@code the certificate is for another name}. */
    public static String of(Finding finding) {
        return isPartial(finding) ? ofPart(finding.code()) : ofAll(finding.code());
    }

    /** The same of a certificate whose end is known, for example {@code the certificate expires in 8 days}. */
    public static String of(Finding finding, String distance) {
        return switch (finding.code()) {
            case EXPIRED -> "the certificate expired " + distance;
            case RENEWAL_OVERDUE -> "the renewal is overdue, the certificate expires " + distance;
            default -> "the certificate expires " + distance;
        };
    }

    /** The same where one server was forgotten when the others got a new certificate. */
    public static String ofOlder(Finding finding) {
        return finding.code() == FindingCode.EXPIRED
                ? "one of its servers still has an old certificate, which has expired"
                : "one of its servers still has an old certificate, which is about to expire";
    }

    /** Whether some of the addresses can't be reached while others can: only then it is no more than a warning. */
    public static boolean isPartial(Finding finding) {
        return finding.severity() == Status.WARNING
                && switch (finding.code()) {
                    case CONNECTION_REFUSED, CONNECTION_TIMEOUT, HANDSHAKE_FAILED, NO_CERTIFICATE -> true;
                    default -> false;
                };
    }

    private static String ofPart(FindingCode code) {
        return switch (code) {
            case CONNECTION_REFUSED -> "one of its addresses refuses connections";
            case CONNECTION_TIMEOUT -> "one of its addresses does not answer";
            case NO_CERTIFICATE -> "one of its addresses shows no certificate";
            default -> "one of its addresses makes no secure connection";
        };
    }

    private static String ofAll(FindingCode code) {
        return switch (code) {
            case EXPIRED -> "the certificate has expired";
            case NOT_YET_VALID -> "the certificate is not valid yet";
            case EXPIRING -> "the certificate is about to expire";
            case RENEWAL_OVERDUE -> "the renewal is overdue";
            case INTERMEDIATE_EXPIRING -> "an intermediate certificate is about to expire";
            case HOSTNAME_MISMATCH -> "the certificate is for another name";
            case SELF_SIGNED -> "the certificate is self-signed";
            case UNTRUSTED_ROOT -> "the certificate's authority is not trusted";
            case INCOMPLETE_CHAIN -> "the server leaves out an intermediate certificate";
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
            case HANDSHAKE_FAILED -> "no secure connection comes about (the TLS handshake fails)";
            case NO_CERTIFICATE -> "the server shows no certificate";
            case CONNECTION_REFUSED -> "the server refuses connections";
            case CONNECTION_TIMEOUT -> "the server does not answer";
            case DNS_FAILURE -> "its name is not found (DNS)";
            case ADDRESS_BLOCKED -> "Certtide may not visit its address";
            case SPLIT_FLEET -> "its addresses serve different certificates";
            case CLIENT_AUTH_EKU_REMOVED -> "the next renewal may break client authentication";
        };
    }
}
