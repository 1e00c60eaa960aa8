package dev.certtide.probe.judge;

import dev.certtide.model.FindingCode;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.revocation.RevocationList;
import dev.certtide.probe.trust.TrustAnchors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * C2SP/x509-limbo, judged strictly: a case is accepted if there is nothing to say against it, neither that clients refuse
 * it nor that a rule is broken.
 */
class LimboTest {
    /** When the cases were made: what they call now. */
    private static final Instant MADE = Instant.parse("2026-06-29T00:00:00Z");

    /** Advice about certificates that are good. */
    private static final Set<FindingCode> ADVICE =
            Set.of(FindingCode.EXPIRING, FindingCode.INTERMEDIATE_EXPIRING, FindingCode.CHAIN_OUT_OF_ORDER);

    @Test
    void core() {
        score(
                "x509-limbo-core",
                one -> !id(one).startsWith("bettertls") && features(one).isEmpty());
    }

    @Test
    void betterTlsPaths() {
        score("bettertls-path", one -> id(one).startsWith("bettertls::pathbuilding"));
    }

    @Test
    void revocationLists() {
        score("crl", one -> features(one).contains("has-crl"));
    }

    private static void score(String group, Predicate<Map<String, Object>> filter) {
        Score score = new Score(group);
        for (Map<String, Object> one : cases()) {
            if (!filter.test(one)) {
                continue;
            }
            if (!one.get("validation_kind").equals("SERVER")) {
                score.skip(id(one));
            } else {
                score.count(id(one), one.get("expected_result").equals("SUCCESS"), objections(one));
            }
        }
        score.holdAgainstRatchet();
    }

    private static List<String> objections(Map<String, Object> one) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(certificate((String) one.get("peer_certificate")));
            for (String intermediate : Corpora.strings(one.get("untrusted_intermediates"))) {
                chain.add(certificate(intermediate));
            }
            List<X509Certificate> anchors = new ArrayList<>();
            for (String anchor : Corpora.strings(one.get("trusted_certs"))) {
                anchors.add(certificate(anchor));
            }
            List<RevocationList> lists = Corpora.strings(one.get("crls")).stream()
                    .map(pem -> RevocationList.parse(Corpora.der(pem)))
                    .toList();
            Optional<String> host = Optional.ofNullable(one.get("expected_peer_name"))
                    .map(name -> (String) Corpora.object(name).get("value"));
            Instant now = Optional.ofNullable((String) one.get("validation_time"))
                    .map(time -> OffsetDateTime.parse(time).toInstant())
                    .orElse(MADE);
            return new Judge(TrustAnchors.of(anchors), ExpiryThresholds.STANDARD)
                    .judgeChain(host, chain, Verdicts.lists(lists), now).stream()
                            .filter(defect -> !ADVICE.contains(defect.code()))
                            .map(defect -> defect.code().code() + ": " + defect.detail())
                            .toList();
        } catch (CertificateException | MalformedDerException e) {
            return List.of("cannot be read: " + e.getMessage());
        }
    }

    private static X509Certificate certificate(String pem) throws CertificateException {
        return Corpora.certificate(Corpora.bytes(pem));
    }

    private static String id(Map<String, Object> one) {
        return (String) one.get("id");
    }

    private static List<String> features(Map<String, Object> one) {
        return Corpora.strings(one.get("features"));
    }

    private static List<Map<String, Object>> cases() {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Corpora.file("x509-limbo-core.json.gz")))) {
            return Corpora.objects(Corpora.object(Corpora.json(in)).get("testcases"));
        } catch (IOException e) {
            throw new UncheckedIOException("the corpus cannot be read", e);
        }
    }
}
