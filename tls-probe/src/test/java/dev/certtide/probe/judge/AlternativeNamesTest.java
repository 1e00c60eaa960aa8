package dev.certtide.probe.judge;

import static dev.certtide.model.FindingCode.NON_COMPLIANT;
import static dev.certtide.model.FindingCode.SAN_MISSING;
import static dev.certtide.probe.judge.Forge.HOST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Status;
import dev.certtide.model.Verdict;
import dev.certtide.probe.facts.Evidence;
import dev.certtide.probe.judge.Forge.Signer;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alternative names beside that of the host. The JDK finds none at all where it cannot read one of them. */
class AlternativeNamesTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final GeneralName HOST_NAME = new GeneralName(GeneralName.dNSName, HOST);

    @ParameterizedTest
    @CsvSource({
        "https://bad host/, the URI 'https://bad host/'",
        "no-scheme, the URI 'no-scheme'",
        "http://[::1, the URI 'http://[::1'"
    })
    void aMalformedUriHidesNoOtherNameAndIsOnlyTold(String uri, String told) {
        Verdict verdict = verdict(new GeneralName(GeneralName.uniformResourceIdentifier, uri), HOST_NAME);

        Verdicts.assertFinding(NON_COMPLIANT, Status.OK, "has an alternative name that is none, " + told, verdict);
        Verdicts.assertFinding(
                NON_COMPLIANT,
                Status.OK,
                told,
                verdict(HOST_NAME, new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    }

    @Test
    void anIpAddressOfFiveBytesAndAMailAddressWithoutAnAtHideNoOtherNameEither() {
        Stream.of(
                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5])),
                        new GeneralName(GeneralName.rfc822Name, "nobody"))
                .forEach(name -> Verdicts.assertFinding(
                        NON_COMPLIANT, Status.OK, "has an alternative name that is none", verdict(name, HOST_NAME)));
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://certtide.test/web",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "https://under_score.certtide.test/",
        "'tag:microsoft.com,2022-09-14:sid:S-1-5-21-1'"
    })
    void aSoundUriIsNothingToTell(String uri) {
        assertEquals(
                List.of(),
                verdict(HOST_NAME, new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                        .codes());
    }

    @Test
    void namesAreToldAsTheyAreWritten() {
        var names = SubjectNames.of(Forge.leaf(ROOT)
                .names(List.of(
                        new GeneralName(GeneralName.dNSName, "*.Example.COM"),
                        new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                        new GeneralName(GeneralName.iPAddress, "2001:db8::1")))
                .certificate());

        assertEquals(List.of("*.Example.COM", "192.0.2.1", "2001:db8::1"), names.all());
    }

    @Test
    void namesThatCannotBeTakenApartAreNone() {
        Verdict verdict = Verdicts.of(
                ROOT,
                Evidence.NONE,
                Forge.leaf(ROOT)
                        .names(List.of())
                        .with(Extension.subjectAlternativeName.getId(), false, new DERUTF8String(HOST))
                        .certificate());

        assertEquals(List.of(SAN_MISSING, NON_COMPLIANT), verdict.codes());
    }

    private static Verdict verdict(GeneralName... names) {
        return Verdicts.of(
                ROOT, Evidence.NONE, Forge.leaf(ROOT).names(List.of(names)).certificate());
    }
}
