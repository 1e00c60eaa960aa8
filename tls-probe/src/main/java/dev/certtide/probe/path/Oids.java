package dev.certtide.probe.path;

/** Object identifiers of extensions (RFC 5280, 4.2 and 5.2) and of what stands in them. */
public final class Oids {
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    public static final String ISSUER_ALTERNATIVE_NAME = "2.5.29.18";
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String CRL_NUMBER = "2.5.29.20";
    public static final String REASON_CODE = "2.5.29.21";
    public static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    public static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    public static final String CERTIFICATE_ISSUER = "2.5.29.29";
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    public static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    public static final String ANY_POLICY = "2.5.29.32.0";
    public static final String POLICY_MAPPINGS = "2.5.29.33";
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    public static final String POLICY_CONSTRAINTS = "2.5.29.36";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String ANY_PURPOSE = "2.5.29.37.0";
    public static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    public static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    public static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

    private Oids() {}
}
