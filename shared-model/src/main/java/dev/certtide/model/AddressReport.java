package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;

/**
 * What happened on one address of a target.
 *
 * @param address {@code ip:port}, IPv6 in brackets
 * @param ending how it ended: {@code handshake-complete}, or the code of the finding that ended it
 * @param error what was seen when it did not complete
 * @param protocol the negotiated version, for example {@code TLSv1.3}
 * @param cipherSuite the negotiated suite, by its IANA name
 * @param chain the certificates in the order in which they were sent, the first ten of them, or three where a host's
 *     many addresses say too much for a message; kept whenever the server sent them
 * @param millis wall-clock time of connect and handshake
 * @param applicationProtocol what was agreed upon by ALPN, for example {@code h2}; asked of https only
 * @param ocspStapled whether the server sent an OCSP response along, whatever it says
 * @param embeddedScts whether the leaf carries timestamps of Certificate Transparency logs
 * @param clientCertificateRequested whether the server asked for a client certificate, required or not
 * @param scts how many timestamps of Certificate Transparency logs it shows, by each way; absent without a certificate
 */
@Json
public record AddressReport(
        String address,
        String ending,
        Optional<String> error,
        Optional<String> protocol,
        Optional<String> cipherSuite,
        List<CertificateReport> chain,
        long millis,
        Optional<String> applicationProtocol,
        boolean ocspStapled,
        boolean embeddedScts,
        boolean clientCertificateRequested,
        Optional<SctReport> scts) {
    public AddressReport {
        Required.field("address", address);
        Required.field("ending", ending);
        chain = List.copyOf(Required.field("chain", chain));
    }

    /** A report of a handshake that showed nothing besides these. */
    public AddressReport(
            String address,
            String ending,
            Optional<String> error,
            Optional<String> protocol,
            Optional<String> cipherSuite,
            List<CertificateReport> chain,
            long millis) {
        this(
                address,
                ending,
                error,
                protocol,
                cipherSuite,
                chain,
                millis,
                Optional.empty(),
                false,
                false,
                false,
                Optional.empty());
    }

    /** The same, with these certificates. */
    public AddressReport showing(List<CertificateReport> certificates) {
        return new AddressReport(
                address,
                ending,
                error,
                protocol,
                cipherSuite,
                certificates,
                millis,
                applicationProtocol,
                ocspStapled,
                embeddedScts,
                clientCertificateRequested,
                scts);
    }
}
