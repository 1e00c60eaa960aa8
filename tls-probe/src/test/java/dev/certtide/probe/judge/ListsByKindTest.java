package dev.certtide.probe.judge;

import static dev.certtide.probe.judge.Forge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certtide.probe.judge.Forge.Signer;
import dev.certtide.probe.path.Path;
import dev.certtide.probe.path.Signatures;
import dev.certtide.probe.revocation.Revocation;
import dev.certtide.probe.revocation.Revocation.NotRevoked;
import dev.certtide.probe.revocation.Revocation.Revoked;
import dev.certtide.probe.revocation.RevocationCheck;
import dev.certtide.probe.revocation.RevocationList;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Revocation lists that are only a part of what there is to know (RFC 5280, 5.2.4, 5.2.5, 5.3.3, 6.3.3). */
class ListsByKindTest {
    private static final Signer ROOT = Forge.root("Root").make();
    private static final String HERE = "http://crl.certtide.test/1.crl";
    private static final String ELSEWHERE = "http://crl.certtide.test/2.crl";

    @Nested
    class Deltas {
        private final X509Certificate leaf = Forge.leaf(ROOT).certificate();

        @Test
        void whatHasBeenRevokedSinceIsRevoked() {
            RevocationList base = ForgedList.of(ROOT).read();

            assertRevoked(
                    CRLReason.keyCompromise,
                    of(
                            leaf,
                            base,
                            ForgedList.of(ROOT)
                                    .number(11)
                                    .since(10)
                                    .revoking(leaf, CRLReason.keyCompromise)
                                    .read()));
            assertNotRevoked(
                    of(leaf, base, ForgedList.of(ROOT).number(11).since(10).read()));
        }

        @Test
        void whatHasBeenTakenOffAHoldSinceIsNotRevokedAnyMore() {
            RevocationList base = ForgedList.of(ROOT)
                    .revoking(leaf, CRLReason.certificateHold)
                    .read();

            assertRevoked(CRLReason.certificateHold, of(leaf, base));
            assertNotRevoked(of(
                    leaf,
                    base,
                    ForgedList.of(ROOT)
                            .number(11)
                            .since(10)
                            .revoking(leaf, CRLReason.removeFromCRL)
                            .read()));
        }

        @Test
        void aDeltaToAnotherListOrOutOfDateOrSignedByAnotherChangesNothing() {
            RevocationList base = ForgedList.of(ROOT).read();
            Signer namesake = Forge.root("Root").make();

            Stream.of(
                            ForgedList.of(ROOT).number(13).since(12),
                            ForgedList.of(ROOT).number(11).since(10).until(NOW.minusSeconds(1)),
                            ForgedList.of(namesake).number(11).since(10),
                            ForgedList.of(ROOT).number(11).since(10).scope(ForgedList.leaves()))
                    .map(delta -> delta.revoking(leaf, CRLReason.keyCompromise).read())
                    .forEach(delta -> assertNotRevoked(of(leaf, base, delta)));
        }

        @Test
        void aDeltaByItselfSaysNothing() {
            assertUnknown(
                    "it has only what has changed since another one",
                    of(leaf, ForgedList.of(ROOT).number(11).since(10).read()));
        }
    }

    @Nested
    class Parts {
        private final X509Certificate leaf = listedAt(HERE);

        @Test
        void theListOfItsOwnDistributionPointIsForIt() {
            assertRevoked(
                    CRLReason.superseded,
                    of(
                            leaf,
                            ForgedList.of(ROOT)
                                    .scope(ForgedList.point(HERE))
                                    .revoking(leaf, CRLReason.superseded)
                                    .read()));
            assertNotRevoked(
                    of(leaf, ForgedList.of(ROOT).scope(ForgedList.point(HERE)).read()));
        }

        @Test
        void theListOfAnotherPointIsNotWhateverIsOnIt() {
            assertUnknown(
                    "it is another authority's, or for other certificates",
                    of(
                            leaf,
                            ForgedList.of(ROOT)
                                    .scope(ForgedList.point(ELSEWHERE))
                                    .revoking(leaf, CRLReason.superseded)
                                    .read()));
        }

        @Test
        void aListForAuthoritiesIsForNoServerAndOneForServersIs() {
            assertUnknown(
                    "it is another authority's, or for other certificates",
                    of(
                            leaf,
                            ForgedList.of(ROOT)
                                    .scope(ForgedList.authorities())
                                    .revoking(leaf, CRLReason.superseded)
                                    .read()));
            assertRevoked(
                    CRLReason.superseded,
                    of(
                            leaf,
                            ForgedList.of(ROOT)
                                    .scope(ForgedList.leaves())
                                    .revoking(leaf, CRLReason.superseded)
                                    .read()));
        }
    }

    @Nested
    class Reasons {
        private static final int KEYS = ReasonFlags.keyCompromise | ReasonFlags.cACompromise;
        private static final int REST = ReasonFlags.affiliationChanged
                | ReasonFlags.superseded
                | ReasonFlags.cessationOfOperation
                | ReasonFlags.certificateHold
                | ReasonFlags.privilegeWithdrawn
                | ReasonFlags.aACompromise;

        private final X509Certificate leaf = Forge.leaf(ROOT).certificate();
        private final RevocationList keys =
                ForgedList.of(ROOT).scope(ForgedList.reasons(KEYS)).read();

        @Test
        void listsThatCoverAllReasonsTogetherSayThatAllIsWell() {
            assertNotRevoked(of(
                    leaf,
                    keys,
                    ForgedList.of(ROOT).scope(ForgedList.reasons(REST)).read()));
        }

        @Test
        void oneThatCoversSomeDoesNot() {
            assertUnknown("it is for some reasons of revocation only", of(leaf, keys));
        }

        @Test
        void beingOnOneOfThemIsEnough() {
            RevocationList rest = ForgedList.of(ROOT)
                    .scope(ForgedList.reasons(REST))
                    .revoking(leaf, CRLReason.cessationOfOperation)
                    .read();

            assertRevoked(CRLReason.cessationOfOperation, of(leaf, keys, rest));
            assertRevoked(CRLReason.cessationOfOperation, of(leaf, rest));
        }
    }

    @Nested
    class OfSeveralAuthorities {
        private final Signer publisher =
                Forge.intermediate("Publisher of lists", ROOT).make();
        private final X509Certificate leaf = listedBy(publisher);
        private final RevocationList ofAuthorities =
                ForgedList.of(ROOT).scope(ForgedList.authorities()).read();

        @Test
        void anEntryThatNamesItsAuthorityIsForThatOnesCertificate() {
            assertRevoked(
                    CRLReason.keyCompromise,
                    check(ForgedList.of(publisher)
                            .scope(ForgedList.indirect())
                            .revoking(leaf, CRLReason.keyCompromise, ROOT.certificate())));
            assertNotRevoked(check(ForgedList.of(publisher).scope(ForgedList.indirect())));
        }

        @Test
        void anEntryOfTheSameNumberAndAnotherAuthorityIsNot() {
            assertNotRevoked(check(
                    ForgedList.of(publisher).scope(ForgedList.indirect()).revoking(leaf, CRLReason.keyCompromise)));
        }

        @Test
        void aListThatIsNotForSeveralAuthoritiesIsNotForThisOne() {
            assertUnknown(
                    "it is another authority's, or for other certificates",
                    check(ForgedList.of(publisher).revoking(leaf, CRLReason.keyCompromise, ROOT.certificate())));
        }

        @Test
        void whoeverBearsThePublishersNameIsNotThePublisher() {
            Signer namesake = Forge.root("Publisher of lists").make();

            assertUnknown(
                    "it is not signed by the authority, nor by whom it charged with that",
                    check(ForgedList.of(namesake)
                            .scope(ForgedList.indirect())
                            .revoking(leaf, CRLReason.keyCompromise, ROOT.certificate())));
        }

        private Revocation check(ForgedList list) {
            return new RevocationCheck(
                            List.of(ofAuthorities, list.read()),
                            List.of(leaf, publisher.certificate()),
                            NOW,
                            new Signatures())
                    .of(new Path(List.of(leaf), ROOT.certificate()));
        }
    }

    private static X509Certificate listedAt(String uri) {
        return pointing(new DistributionPoint(
                new DistributionPointName(
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri))),
                null,
                null));
    }

    private static X509Certificate listedBy(Signer publisher) {
        return pointing(new DistributionPoint(
                null,
                null,
                new GeneralNames(new GeneralName(X500Name.getInstance(
                        publisher.certificate().getSubjectX500Principal().getEncoded())))));
    }

    private static X509Certificate pointing(DistributionPoint point) {
        return Forge.leaf(ROOT)
                .with(Extension.cRLDistributionPoints.getId(), false, new CRLDistPoint(new DistributionPoint[] {point}))
                .certificate();
    }

    private static Revocation of(X509Certificate leaf, RevocationList... lists) {
        return new RevocationCheck(List.of(lists), List.of(leaf), NOW, new Signatures())
                .of(new Path(List.of(leaf), ROOT.certificate()));
    }

    private static void assertRevoked(int reason, Revocation revocation) {
        assertEquals(reason, assertInstanceOf(Revoked.class, revocation).entry().reason());
    }

    private static void assertNotRevoked(Revocation revocation) {
        assertInstanceOf(NotRevoked.class, revocation);
    }

    private static void assertUnknown(String why, Revocation revocation) {
        assertEquals(why, assertInstanceOf(Revocation.Unknown.class, revocation).why());
    }
}
