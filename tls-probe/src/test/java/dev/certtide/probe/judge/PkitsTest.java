package dev.certtide.probe.judge;

import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.PathSearch;
import dev.certtide.probe.path.PathValidator;
import dev.certtide.probe.path.PolicyInputs;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.path.Violation;
import dev.certtide.probe.revocation.Revocation;
import dev.certtide.probe.revocation.RevocationCheck;
import dev.certtide.probe.revocation.RevocationList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** NIST's PKITS: RFC 5280's validation by itself, with policies and revocation, and without the rules for TLS. */
class PkitsTest {
    private static final Instant DATE = Instant.parse("2011-04-15T00:00:00Z");
    private static final String POLICY = "2.16.840.1.101.3.2.1.48."; // Of the test suite, appendix A.

    @Test
    void pkits() throws IOException {
        Score score = new Score("pkits");
        try (ZipFile zip = new ZipFile(Corpora.file("pkits.zip").toFile())) {
            Object cases = Corpora.json(new ByteArrayInputStream(read(zip, "cases.json")));
            for (Map<String, Object> one : Corpora.objects(cases)) {
                score.count(
                        one.get("id") + " " + one.get("name"),
                        (Boolean) one.get("shouldValidate"),
                        objections(zip, one));
            }
        }
        score.holdAgainstRatchet();
    }

    private static List<String> objections(ZipFile zip, Map<String, Object> one) throws IOException {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (String name : Corpora.strings(one.get("certificates")).reversed()) {
                certificates.add(Corpora.certificate(read(zip, "certs/" + name + ".crt")));
            }
            X509Certificate anchor = certificates.removeLast();
            List<RevocationList> lists = new ArrayList<>();
            for (String name : Corpora.strings(one.get("crls"))) {
                lists.add(RevocationList.parse(read(zip, "crls/" + name + ".crl")));
            }
            return objections(certificates, anchor, lists, inputs(one));
        } catch (CertificateException | RuntimeException e) {
            return List.of("cannot be read: " + e);
        }
    }

    private static List<String> objections(
            List<X509Certificate> certificates,
            X509Certificate anchor,
            List<RevocationList> lists,
            PolicyInputs inputs) {
        Signatures signatures = new Signatures();
        List<Path> paths = new PathSearch(
                        certificates,
                        subject -> subject.equals(anchor.getSubjectX500Principal()) ? List.of(anchor) : List.of(),
                        signatures)
                .paths();
        List<String> objections = new ArrayList<>();
        for (Path path : paths) {
            List<Violation> violations =
                    PathValidator.violations(path, DATE, PathValidator.Anchor.NAME_AND_KEY, inputs, signatures);
            Revocation revocation = new RevocationCheck(lists, certificates, DATE, signatures).of(path);
            if (violations.isEmpty() && revocation instanceof Revocation.NotRevoked) {
                return List.of();
            }
            violations.forEach(violation -> objections.add(violation.what()));
            objections.add(revocation.getClass().getSimpleName());
        }
        return paths.isEmpty() ? List.of("no path") : objections;
    }

    private static PolicyInputs inputs(Map<String, Object> one) {
        Set<String> acceptable = Corpora.strings(one.get("initialPolicies")).stream()
                .map(name -> POLICY + name.replace("NIST-test-policy-", ""))
                .collect(Collectors.toSet());
        return new PolicyInputs(
                acceptable, (Boolean) one.get("explicitPolicy"), (Boolean) one.get("inhibitPolicyMapping"), (Boolean)
                        one.get("inhibitAnyPolicy"));
    }

    private static byte[] read(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry("pkits/" + name))) {
            return in.readAllBytes();
        }
    }
}
