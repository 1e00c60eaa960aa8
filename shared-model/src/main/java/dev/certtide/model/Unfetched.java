package dev.certtide.model;

import io.avaje.jsonb.Json;

/**
 * What a certificate refers to and what could not be fetched when it was checked, or not be used. It says nothing about
 * the target: it is told so that nobody takes what was not looked at for good, changes no status, and makes no result
 * another one.
 *
 * @param kind {@link #REVOCATION_LIST} or {@link #ISSUER}
 * @param address where it should be; printable and clipped, since strangers wrote it
 * @param reason why it could not be had or used, for people: {@code the server answered 404}
 */
@Json
public record Unfetched(String kind, String address, String reason) {
    /** A revocation list: whether it has the certificate on it is unknown. */
    public static final String REVOCATION_LIST = "revocation-list";

    /** The certificate of an issuer, which the server should have sent. */
    public static final String ISSUER = "issuer";

    /** So many are told of a check. */
    public static final int MOST = 8;

    public Unfetched {
        Required.field("kind", kind);
        Required.field("address", address);
        Required.field("reason", reason);
    }
}
