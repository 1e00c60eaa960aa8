package dev.certtide.probe.judge;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.SctReport;
import dev.certtide.model.Unfetched;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.memory.Recent;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Facts as results tell them. A result has to fit into a message whatever servers send, so everything is bounded: at
 * most {@value #MOST_CERTIFICATES} certificates of an address, each with names up to {@value #MOST_NAME_CHARACTERS}
 * characters in all; and when several addresses say so much that it might not fit, less of each.
 */
public final class Reports {
    private static final int MOST_CERTIFICATES = 10;
    private static final int MOST_NAME_CHARACTERS = 4_000;

    /** What is told of all addresses may take so much; findings come on top of it, and a message is 256 KiB. */
    private static final int MOST_BYTES = 150_000;

    /** What is told of an address when all together say too much: the leaf and what is next to it, and some names. */
    private static final int FEW_CERTIFICATES = 3;

    private static final int FEW_NAME_CHARACTERS = 1_000;

    /** Of a report without what a server may make longer, and of a character. */
    private static final int BYTES_OF_REST = 1_000;

    private static final int BYTES_OF_CHARACTER = 3; // In UTF-8, but for pairs of surrogates, which are two of four.
    private static final int LONGEST_SERIAL = 64; // RFC 5280, 4.1.2.2 allows 40 hex digits.

    /** Reports weigh no more than 10 KB, and mostly one. */
    private static final Recent<X509Certificate, CertificateReport> TOLD = new Recent<>(4_096);

    private Reports() {}

    /** What is told about a host's addresses. */
    public static List<AddressReport> of(List<AddressFacts> addresses) {
        List<AddressReport> told = addresses.stream().map(Reports::of).toList();
        return told.stream().mapToInt(Reports::bytes).sum() <= MOST_BYTES
                ? told
                : told.stream().map(Reports::shortened).toList();
    }

    private static AddressReport shortened(AddressReport address) {
        return address.showing(address.chain().stream()
                .limit(FEW_CERTIFICATES)
                .map(certificate -> certificate.naming(fitting(certificate.names(), FEW_NAME_CHARACTERS)))
                .toList());
    }

    /** At most so many bytes: those that are not counted are told to take more than they do. */
    private static int bytes(AddressReport address) {
        return BYTES_OF_REST
                + address.chain().stream()
                        .mapToInt(certificate -> BYTES_OF_REST
                                + BYTES_OF_CHARACTER
                                        * (certificate.subject().length()
                                                + certificate.issuer().length()
                                                + certificate.names().stream()
                                                        .mapToInt(name -> name.length() + 1)
                                                        .sum()))
                        .sum();
    }

    /** What is told about an address. */
    public static AddressReport of(AddressFacts facts) {
        return new AddressReport(
                facts.addressText(),
                EndingRules.codeOf(facts.ending()).map(FindingCode::code).orElse("handshake-complete"),
                error(facts.ending()).map(Wording::printable),
                protocol(facts.ending()),
                cipherSuite(facts.ending()),
                facts.chain().stream().limit(MOST_CERTIFICATES).map(Reports::of).toList(),
                facts.took().toMillis(),
                facts.handshake().applicationProtocol().map(Wording::printable),
                facts.handshake().staple().isPresent(),
                facts.hasEmbeddedScts(),
                facts.handshake().clientCertificateRequested(),
                facts.chain().isEmpty() ? Optional.empty() : Optional.of(timestamps(facts)));
    }

    private static SctReport timestamps(AddressFacts facts) {
        return new SctReport(
                facts.embeddedTimestamps().size(), facts.stapledTimestamps().size());
    }

    /** What is told of what could not be fetched, or not be used. */
    public static List<Unfetched> of(Evidence evidence) {
        return evidence.missing().stream()
                .limit(Unfetched.MOST)
                .map(missing -> new Unfetched(
                        switch (missing.kind()) {
                            case ISSUER -> Unfetched.ISSUER;
                            case REVOCATION_LIST -> Unfetched.REVOCATION_LIST;
                        },
                        Wording.printable(missing.from()),
                        Wording.printable(missing.reason())))
                .toList();
    }

    /** What is told about a certificate; the same object for one that has been told of before. */
    public static CertificateReport of(X509Certificate certificate) {
        return TOLD.get(certificate).orElseGet(() -> {
            CertificateReport report = report(certificate);
            TOLD.offer(certificate, report, 1);
            return report;
        });
    }

    private static CertificateReport report(X509Certificate certificate) {
        List<String> all = SubjectNames.of(certificate).all();
        List<String> told = fitting(all, MOST_NAME_CHARACTERS).stream()
                .map(Wording::printable)
                .toList();
        String serial = certificate.getSerialNumber().toString(16);
        return new CertificateReport(
                Wording.printable(certificate.getSubjectX500Principal().getName()),
                Wording.printable(certificate.getIssuerX500Principal().getName()),
                serial.substring(0, Math.min(LONGEST_SERIAL, serial.length())),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                told,
                all.size() - told.size(),
                keyAlgorithm(certificate.getPublicKey()),
                certificate.getSigAlgName(),
                sha256(certificate),
                Optional.ofNullable(certificate.getPublicKey().getEncoded()).map(encoded -> Fingerprint.of(encoded)),
                LeafPurpose.named(certificate).map(Reports::fewPurposes));
    }

    /** The first names, for as long as they have no more than so many characters in all. */
    private static List<String> fitting(List<String> names, int most) {
        List<String> fitting = new ArrayList<>();
        int characters = 0;
        for (String name : names) {
            characters += name.length();
            if (fitting.size() == CertificateReport.MOST_NAMES || characters > most) {
                break;
            }
            fitting.add(name);
        }
        return fitting;
    }

    /** Of too many, those that have names come first: what is decided by reports must not depend on a place in a row. */
    private static List<String> fewPurposes(List<String> purposes) {
        return purposes.size() <= CertificateReport.MOST_PURPOSES
                ? purposes
                : purposes.stream()
                        .sorted(Comparator.comparing(purpose -> !LeafPurpose.WORDS.contains(purpose)))
                        .limit(CertificateReport.MOST_PURPOSES)
                        .toList();
    }

    private static Optional<String> protocol(Ending ending) {
        return switch (ending) {
            case Ending.Completed completed -> Optional.of(completed.protocol());
            case Ending.ClientCertificateRequired required -> Optional.of(required.protocol());
            default -> Optional.empty();
        };
    }

    private static Optional<String> cipherSuite(Ending ending) {
        return switch (ending) {
            case Ending.Completed completed -> Optional.of(completed.cipherSuite());
            case Ending.ClientCertificateRequired required -> Optional.of(required.cipherSuite());
            default -> Optional.empty();
        };
    }

    private static Optional<String> error(Ending ending) {
        return switch (ending) {
            case Ending.Completed completed -> Optional.empty();
            case Ending.Refused(String error) -> Optional.of(error);
            case Ending.NoRoute(String error) -> Optional.of(error);
            case Ending.TimedOut(Ending.Step step, var after) ->
                Optional.of("no " + step.name().toLowerCase(Locale.ROOT) + " within " + Wording.seconds(after));
            case Ending.HandshakeFailed(var alert, String error) -> Optional.of(error);
            case Ending.CertificateUnreadable(String reason) -> Optional.of(reason);
            case Ending.NotUpgraded(String reason) -> Optional.of(reason);
            case Ending.ClientCertificateRequired required -> Optional.of(required.error());
        };
    }

    private static String keyAlgorithm(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                // The only curves of these sizes that the JDK knows: FIPS 186-5's.
                yield bits == 256 || bits == 384 || bits == 521 ? "EC P-" + bits : "EC " + bits;
            }
            case EdECKey edwards -> edwards.getParams().getName();
            default -> key.getAlgorithm();
        };
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return Fingerprint.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded has no encoding", e);
        }
    }
}
