package dev.certtide.fuzz;

import dev.certtide.probe.path.Der;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Inputs in DER: extensions, revocation lists, OCSP responses. */
final class DerSeeds {
    private static final int REVOCATION_POINTS = SignedChain.EXTENSIONS.indexOf("551d1f") + SignedChain.FIRST_EXTENSION;

    private final Seeds seeds;

    private DerSeeds(Seeds seeds) {
        this.seeds = seeds;
    }

    static void write(Seeds seeds) throws IOException, GeneralSecurityException {
        DerSeeds more = new DerSeeds(seeds);
        more.extensions();
        more.revocationLists();
        more.staples();
        more.brokenKeys();
    }

    private void extensions() throws IOException {
        String target = "fuzz/Certificate/belowATrustedRoot";
        seeds.put(target, "nothing-changed", new byte[0]);
        byte[] uri = DerText.element(0x86, "http://ca.test/a");
        byte[] directory = DerText.element(0xa4, DerText.name("Root"));
        byte[] subtree = DerText.element(0x30, DerText.element(0x82, "certtide.test"));
        byte[] otherSubtree = DerText.element(0x30, DerText.hex("87080a000000ff000000"));
        byte[] caIssuers = DerText.hex("06082b06010505073002");
        Map.ofEntries(
                        Map.entry(
                                "551d11",
                                DerText.element(
                                        0x30,
                                        DerText.element(0x82, SignedChain.HOST),
                                        DerText.element(0x82, "*.test"),
                                        DerText.element(0x81, "a@b.test"),
                                        uri,
                                        DerText.hex("8704c0000201871020010db8000000000000000000000001"),
                                        directory)),
                        Map.entry("551d13", DerText.hex("30060101ff020100")),
                        Map.entry("551d0f", DerText.hex("03020106")),
                        Map.entry("551d25", DerText.hex("301406082b0601050507030106082b06010505070302")),
                        Map.entry(
                                "551d1e",
                                DerText.element(
                                        0x30,
                                        DerText.element(0xa0, subtree, DerText.element(0x30, directory)),
                                        DerText.element(0xa1, otherSubtree))),
                        Map.entry("551d20", DerText.hex("300a3008060667810c010201")),
                        Map.entry("551d21", DerText.hex("30123010060667810c010201060667810c010202")),
                        Map.entry("551d24", DerText.hex("3006800101810100")),
                        Map.entry("551d36", DerText.hex("020100")),
                        Map.entry("551d23", DerText.hex("3003800101")),
                        Map.entry("551d1f", DerText.element(0x30, point(uri))),
                        Map.entry("2b06010505070101", DerText.element(0x30, DerText.element(0x30, caIssuers, uri))),
                        Map.entry("2b06010505070118", DerText.hex("3003020105")),
                        Map.entry("550403", DerText.hex("0500")))
                .forEach((oid, value) -> extension(target, oid, value));
        seeds.put(
                target,
                "serial",
                new Parts(List.of())
                        .with(SignedChain.SERIAL, DerText.hex("0208ff00000000000001"))
                        .bytes());
        seeds.put(
                target,
                "validity",
                new Parts(List.of())
                        .with(
                                SignedChain.VALIDITY,
                                DerText.element(
                                        0x30,
                                        DerText.element(0x17, "260101000000Z"),
                                        DerText.element(0x17, "260525000000Z")))
                        .bytes());
        seeds.put(
                target,
                "subject",
                new Parts(List.of())
                        .with(SignedChain.SUBJECT, DerText.name(SignedChain.HOST))
                        .with(SignedChain.SUBJECT | SignedChain.OF_INTERMEDIATE, DerText.name("Other"))
                        .bytes());
        seeds.put(
                target,
                "key",
                new Parts(List.of())
                        .with(SignedChain.KEY, DerText.hex("302a300506032b6570032100" + "d7".repeat(32)))
                        .bytes());
    }

    private static byte[] point(byte[] name) {
        return DerText.element(0x30, DerText.element(0xa0, DerText.element(0xa0, name)));
    }

    private void extension(String target, String oid, byte[] value) {
        int place = SignedChain.EXTENSIONS.indexOf(oid) + SignedChain.FIRST_EXTENSION;
        boolean isCritical = oid.equals("551d11"); // The leaf has no subject.
        Parts ofLeaf = new Parts(List.of()).with(isCritical ? place | SignedChain.CRITICAL : place, value);
        Parts ofIntermediate =
                new Parts(List.of()).with(place | SignedChain.OF_INTERMEDIATE | SignedChain.CRITICAL, value);
        try {
            seeds.put(target, "leaf-" + oid, ofLeaf.bytes());
            seeds.put(target, "intermediate-" + oid, ofIntermediate.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void revocationLists() throws IOException, GeneralSecurityException {
        byte[] leafs = DerText.hex("3014020107170d3236303532303030303030305a3000");
        byte[] others = DerText.hex("302602020100170d3236303532303030303030305a3011300f0603551d1504080a0101040101");
        byte[] number = DerText.hex("300a0603551d140403020105");
        byte[] point = DerText.hex("300f0603551d1c0101ff04053003830100");
        byte[] delta = DerText.hex("300d0603551d1b0101ff0403020104");
        byte[] plain = list(new byte[0], number);
        byte[] revoked = list(DerText.element(0x30, leafs), number);
        byte[] long_ = list(DerText.element(0x30, others, others, leafs), number, point);
        byte[] change = list(DerText.element(0x30, leafs), number, delta);
        byte[] points = DerText.element(0x30, point(DerText.element(0x86, "http://crl.test/a")));
        String asServed = "fuzz/RevocationList/asServed";
        String signed = "fuzz/RevocationList/signedByTheIssuer";
        int kind = RevocationListFuzzTest.LIST;
        for (var entry : Map.of("empty", plain, "revoked", revoked, "long", long_, "delta", change)
                .entrySet()) {
            seeds.put(asServed, entry.getKey(), SignedChain.signed(entry.getValue()));
            seeds.put(
                    signed,
                    entry.getKey(),
                    new Parts(List.of()).with(kind, entry.getValue()).bytes());
        }
        seeds.put(
                signed,
                "with-delta",
                new Parts(List.of()).with(kind, plain).with(kind, change).bytes());
        seeds.put(
                signed,
                "with-points",
                new Parts(List.of())
                        .with(REVOCATION_POINTS, points)
                        .with(kind, long_)
                        .with(kind, revoked)
                        .bytes());
    }

    /** What is to be signed of a list. */
    private static byte[] list(byte[] entries, byte[]... extensions) {
        return DerText.element(
                0x30,
                DerText.hex("020101300a06082a8648ce3d040302"),
                SignedChain.nameOfIntermediate(),
                DerText.element(0x17, "260525000000Z"),
                DerText.element(0x17, "260625000000Z"),
                entries,
                DerText.element(0xa0, DerText.element(0x30, extensions)));
    }

    private void staples() throws IOException, GeneralSecurityException {
        byte[] keyBits = Der.parse(SignedChain.ROOT.getPublicKey().getEncoded())
                .children()
                .getLast()
                .content();
        byte[] keyHash = MessageDigest.getInstance("SHA-1").digest(Arrays.copyOfRange(keyBits, 1, keyBits.length));
        byte[] id = DerText.element(
                0x30,
                DerText.hex("300906052b0e03021a0500"),
                DerText.element(0x04, new byte[20]),
                DerText.element(0x04, keyHash),
                DerText.hex("020107"));
        byte[] now = DerText.element(0x18, "20260601110000Z");
        byte[] later = DerText.element(0xa0, DerText.element(0x18, "20260605120000Z"));
        byte[] since = DerText.element(0xa1, now, DerText.hex("a0030a0101"));
        byte[] good = DerText.element(0x30, id, DerText.hex("8000"), now, later);
        byte[] revoked = DerText.element(0x30, id, since, now);
        byte[] unknown = DerText.element(0x30, id, DerText.hex("8200"), now, later);
        byte[] timestamps = DerText.hex("0031002f00" + "5a".repeat(32) + "00000190f0f0f0f0" + "000004030000");
        seeds.put("fuzz/Staple/timestamps", "one", timestamps);
        byte[] logged = DerText.element(
                0x30,
                id,
                DerText.hex("8000"),
                now,
                later,
                DerText.element(
                        0xa1,
                        DerText.element(
                                0x30,
                                DerText.element(
                                        0x30,
                                        DerText.hex("060a2b06010401d679020405"),
                                        DerText.element(0x04, DerText.element(0x04, timestamps))))));
        for (var answer : Map.of("good", good, "revoked", revoked, "unknown", unknown, "logged", logged)
                .entrySet()) {
            byte[] data = DerText.element(
                    0x30,
                    DerText.element(0xa2, DerText.element(0x04, keyHash)),
                    now,
                    DerText.element(0x30, answer.getValue()));
            seeds.put("fuzz/Staple/asSent", answer.getKey(), StapleFuzzTest.response(data, List.of()));
            seeds.put(
                    "fuzz/Staple/signedByTheIssuer",
                    answer.getKey(),
                    new Parts(List.of())
                            .with(StapleFuzzTest.DATA, data)
                            .with(StapleFuzzTest.RESPONDER, SignedChain.ROOT.getEncoded())
                            .bytes());
        }
    }

    /** A certificate with an Ed25519 key of no bytes breaks the JDK's parser. */
    private void brokenKeys() throws IOException, GeneralSecurityException {
        byte[] key = DerText.hex("300a300506032b6570030100");
        seeds.put(
                "fuzz/Certificate/belowATrustedRoot",
                "ed25519-key-of-no-bytes",
                new Parts(List.of()).with(SignedChain.KEY, key).bytes());
        String whole = HexFormat.of().formatHex(SignedChain.ROOT.getPublicKey().getEncoded());
        String fields = HexFormat.of()
                .formatHex(Der.parse(SignedChain.ROOT.getTBSCertificate()).content())
                .replace(whole, HexFormat.of().formatHex(key));
        byte[] certificate = SignedChain.signed(DerText.element(0x30, DerText.hex(fields)));
        seeds.put("fuzz/Fetched/issuer", "ed25519-key-of-no-bytes", certificate);
        seeds.put("fuzz/Fetched/roots", "ed25519-key-of-no-bytes", Seeds.pem(certificate));
        seeds.put(
                "fuzz/Staple/signedByTheIssuer",
                "ed25519-key-of-no-bytes",
                new Parts(List.of())
                        .with(StapleFuzzTest.DATA, DerText.hex("3000"))
                        .with(StapleFuzzTest.RESPONDER, certificate)
                        .bytes());
    }
}
