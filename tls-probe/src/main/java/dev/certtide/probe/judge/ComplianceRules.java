package dev.certtide.probe.judge;

import dev.certtide.probe.memory.Recent;
import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.NameConstraints;
import dev.certtide.probe.path.Oids;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Signatures;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rules for those who issue certificates that clients do not enforce: RFC 5280's profile, and for public authorities the
 * CA/Browser Forum's Baseline Requirements (BR). That one is broken is worth knowing before somebody does enforce it, and
 * no reason to wake anybody.
 */
final class ComplianceRules {
    private static final int LONGEST_SERIAL_BITS = 160;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

    /** Few authorities stand above most leaves, and what their certificates break never changes. */
    private static final Recent<X509Certificate, List<Breach>> OF_INTERMEDIATES = new Recent<>(1_024);

    private static final Recent<X509Certificate, List<Breach>> OF_ROOTS = new Recent<>(1_024);

    private final X509Certificate certificate;
    private final List<Breach> breaches = new ArrayList<>();

    private ComplianceRules(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /** What is broken above the leaf of a path. */
    static List<Breach> breachesAboveLeaf(Path path) {
        return Stream.concat(
                        path.intermediates().stream()
                                .flatMap(one ->
                                        known(OF_INTERMEDIATES, one, ComplianceRules::breachesOfIntermediate).stream()),
                        known(OF_ROOTS, path.anchor(), ComplianceRules::breachesOfRoot).stream())
                .toList();
    }

    private static List<Breach> known(
            Recent<X509Certificate, List<Breach>> all,
            X509Certificate certificate,
            Function<X509Certificate, List<Breach>> rules) {
        return all.get(certificate).orElseGet(() -> {
            List<Breach> breaches = List.copyOf(rules.apply(certificate));
            all.offer(certificate, breaches, 1);
            return breaches;
        });
    }

    /** What is broken in a leaf. By itself, since a leaf of thousands of names may have many paths. */
    static List<Breach> breachesOfLeaf(X509Certificate leaf) {
        ComplianceRules rules = new ComplianceRules(leaf);
        rules.check(rules::everywhere, rules::belowRoot, rules::leaf);
        rules.breaches.addAll(LeafNameRules.breachesOf(leaf));
        return rules.breaches;
    }

    private static List<Breach> breachesOfIntermediate(X509Certificate intermediate) {
        ComplianceRules rules = new ComplianceRules(intermediate);
        rules.check(rules::everywhere, rules::belowRoot, rules::authority);
        return rules.breaches;
    }

    private static List<Breach> breachesOfRoot(X509Certificate root) {
        ComplianceRules rules = new ComplianceRules(root);
        if (root.getVersion() < 3) {
            return List.of(); // From before there were rules for roots; it has no extensions to judge.
        }
        rules.check(rules::everywhere, rules::authority, rules::rootKeyIdentifier);
        return rules.breaches;
    }

    private void check(Runnable... groups) {
        for (Runnable group : groups) {
            try {
                group.run();
            } catch (MalformedDerException e) {
                broken("has an extension that cannot be read, " + e.getMessage(), "RFC 5280, 4.2");
            }
        }
    }

    private void everywhere() {
        notCritical(Oids.AUTHORITY_KEY_IDENTIFIER, "authority key identifier", "RFC 5280, 4.2.1.1");
        notCritical(Oids.SUBJECT_KEY_IDENTIFIER, "subject key identifier", "RFC 5280, 4.2.1.2");
        notCritical(Oids.AUTHORITY_INFORMATION_ACCESS, "authority information access", "RFC 5280, 4.2.2.1");
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            require(bits % 8 == 0, "has an RSA key of " + bits + " bits, which 8 does not divide", "BR 6.1.5");
            require(
                    rsa.getPublicExponent().testBit(0)
                            && rsa.getPublicExponent().compareTo(LEAST_EXPONENT) >= 0,
                    "has an RSA exponent below 65537",
                    "BR 6.1.6");
        }
        require(!(certificate.getPublicKey() instanceof EdECKey), "has an EdDSA key", "BR 6.1.5");
        Extensions.of(certificate, Oids.AUTHORITY_INFORMATION_ACCESS).ifPresent(this::accessDescriptions);
    }

    private void belowRoot() {
        require(certificate.getVersion() == 3, "is of version " + certificate.getVersion() + ", not 3", "BR 7.1.1");
        BigInteger serial = certificate.getSerialNumber();
        require(
                serial.signum() > 0 && serial.bitLength() <= LONGEST_SERIAL_BITS,
                "has a serial number that is not positive or longer than 20 bytes",
                "RFC 5280, 4.1.2.2");
        require(
                !certificate.getIssuerX500Principal().getName().isEmpty(),
                "has an empty issuer name",
                "RFC 5280, 4.1.2.4");
        require(
                Extensions.authorityKeyIdentifier(certificate).isPresent(),
                "has no authority key identifier",
                "RFC 5280, 4.2.1.1");
    }

    private void authority() {
        require(
                !certificate.getSubjectX500Principal().getName().isEmpty(),
                "has an empty subject, being a CA's",
                "RFC 5280, 4.1.2.6");
        require(
                Extensions.has(certificate, Oids.SUBJECT_KEY_IDENTIFIER),
                "has no subject key identifier",
                "RFC 5280, 4.2.1.2");
        require(
                Extensions.isCritical(certificate, Oids.BASIC_CONSTRAINTS),
                "has no critical basic constraints",
                "RFC 5280, 4.2.1.9");
        NameConstraints.of(certificate).ifPresent(constraints -> {
            require(constraints.size() > 0, "has empty name constraints", "RFC 5280, 4.2.1.10");
            require(
                    Stream.concat(constraints.permitted().stream(), constraints.excluded().stream())
                            .noneMatch(name -> name instanceof GeneralName.Dns(String dns) && dns.startsWith(".")),
                    "has a name constraint for DNS names with a leading dot",
                    "RFC 5280, 4.2.1.10");
        });
    }

    private void rootKeyIdentifier() {
        if (!Signatures.isSelfIssued(certificate)) {
            return;
        }
        Extensions.of(certificate, Oids.AUTHORITY_KEY_IDENTIFIER).ifPresent(identifier -> {
            Optional<byte[]> own = Extensions.subjectKeyIdentifier(certificate);
            List<Der> fields = identifier.as(Der.SEQUENCE).children();
            require(
                    fields.size() == 1 && fields.getFirst().tag() == Der.context(0, false),
                    "has an authority key identifier of something else than just a key identifier",
                    "BR 7.1.2.1.3");
            require(
                    fields.stream()
                            .filter(field -> field.tag() == Der.context(0, false))
                            .allMatch(field -> own.isEmpty() || Arrays.equals(field.content(), own.get())),
                    "has an authority key identifier that is not its own key's, being a root",
                    "BR 7.1.2.1.3");
        });
    }

    private void leaf() {
        // A CA's certificate may stand as a server's by RFC 5280, and private authorities do so; BR 7.1.2.7.8 forbids
        // it.
        boolean[] usage = certificate.getKeyUsage();
        require(
                usage == null || Extensions.maySignCertificates(certificate) == Extensions.isAuthority(certificate),
                "is a CA's by its basic constraints or by its key usage, and not by the other",
                "RFC 5280, 4.2.1.9");
        require(
                !Extensions.has(certificate, Oids.NAME_CONSTRAINTS),
                "has name constraints, and is no CA's",
                "RFC 5280, 4.2.1.10");
    }

    private void accessDescriptions(Der extension) {
        List<Der> descriptions = extension.as(Der.SEQUENCE).children();
        require(!descriptions.isEmpty(), "has an empty authority information access", "RFC 5280, 4.2.2.1");
        for (Der description : descriptions) {
            Der.Reader reader = description.as(Der.SEQUENCE).reader();
            reader.next(Der.OBJECT_IDENTIFIER).oid();
            GeneralName.of(reader.next());
        }
    }

    private void notCritical(String oid, String name, String source) {
        require(!Extensions.isCritical(certificate, oid), "has a critical " + name, source);
    }

    private void require(boolean isKept, String breach, String source) {
        if (!isKept) {
            broken(breach, source);
        }
    }

    private void broken(String what, String source) {
        breaches.add(new Breach(certificate, what, source));
    }
}
