package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.util.Locale;

/** What can be found at a target. Codes are stable: owners filter and route by them. */
public enum FindingCode {
    EXPIRED,
    NOT_YET_VALID,
    EXPIRING,
    RENEWAL_OVERDUE,
    INTERMEDIATE_EXPIRING,
    HOSTNAME_MISMATCH,
    SELF_SIGNED,
    UNTRUSTED_ROOT,
    INCOMPLETE_CHAIN,
    CHAIN_OUT_OF_ORDER,
    INVALID_CHAIN,
    DISTRUSTED_CA,
    NON_COMPLIANT,
    REVOKED,
    WEAK_KEY,
    WEAK_SIGNATURE,
    OBSOLETE_PROTOCOL,
    WEAK_CIPHER,
    SAN_MISSING,
    CLIENT_CERTIFICATE_REQUIRED,
    HANDSHAKE_FAILED,
    NO_CERTIFICATE,
    CONNECTION_REFUSED,
    CONNECTION_TIMEOUT,
    DNS_FAILURE,
    ADDRESS_BLOCKED,
    SPLIT_FLEET,
    CLIENT_AUTH_EKU_REMOVED;

    /** The code as events and tables hold it, for example {@code hostname-mismatch}. */
    @Json.Value
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
