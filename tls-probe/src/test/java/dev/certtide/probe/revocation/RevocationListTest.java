package dev.certtide.probe.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/** Lists written byte by byte, as no library would: what they weigh, and what is not taken. */
class RevocationListTest {
    private static final byte[] NOTHING = {};
    private static final byte[] ISSUER = new X500Principal("CN=Authority").getEncoded();
    private static final byte[] THIS_UPDATE =
            element(Der.UTC_TIME, "260601120000Z".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] ECDSA = HexFormat.of().parseHex("300a06082a8648ce3d040302");

    @Test
    void aListThatIsHardlyMoreThanASignatureWeighsWhatItKeeps() {
        byte[] der = list(ISSUER, NOTHING, NOTHING, new byte[1 << 20]);

        assertTrue(RevocationList.parse(der).weight() >= 2L * der.length);
    }

    @Test
    void aListThatIsHardlyMoreThanAnExtensionDoesToo() {
        byte[] der = list(ISSUER, NOTHING, extensions(1, 1 << 20), new byte[1]);

        assertTrue(RevocationList.parse(der).weight() >= 2L * der.length);
    }

    @Test
    void theIndexWeighsEightBytesAnEntry() {
        byte[][] entries = IntStream.range(0, 1_000)
                .mapToObj(i -> entry(BigInteger.valueOf(i).toByteArray()))
                .toArray(byte[][]::new);
        RevocationList list = RevocationList.parse(list(ISSUER, element(Der.SEQUENCE, entries), NOTHING, new byte[1]));
        long before = list.weight();

        list.index();

        assertEquals(before + 8_000, list.weight());
    }

    @Test
    void anEntryWhoseSerialNumberHasNoContentIsNone() {
        byte[] entries = element(Der.SEQUENCE, entry(new byte[] {1}), entry(NOTHING));
        RevocationList list = RevocationList.parse(list(ISSUER, entries, NOTHING, new byte[1]));

        assertThrows(MalformedDerException.class, list::index);
    }

    @Test
    void extensionsWithoutEndAreNotTurnedIntoObjects() {
        byte[] most = list(ISSUER, NOTHING, extensions(100, 1), new byte[1]);
        byte[] tooMany = list(ISSUER, NOTHING, extensions(101, 1), new byte[1]);

        assertTrue(RevocationList.parse(most).has("1.2.99"));
        assertThrows(MalformedDerException.class, () -> RevocationList.parse(tooMany));
    }

    @Test
    void aNameWithoutEndIsNotTurnedIntoObjectsEither() {
        byte[] name = new X500Principal("CN=Authority" + ",OU=Unit".repeat(2_000)).getEncoded();
        byte[] der = list(name, NOTHING, NOTHING, new byte[1]);

        assertThrows(MalformedDerException.class, () -> RevocationList.parse(der));
    }

    private static byte[] list(byte[] issuer, byte[] entries, byte[] extensions, byte[] signature) {
        byte[] content = element(
                Der.SEQUENCE,
                element(Der.INTEGER, new byte[] {1}),
                ECDSA,
                issuer,
                THIS_UPDATE,
                entries,
                extensions.length == 0 ? extensions : element(Der.context(0, true), extensions));
        return element(Der.SEQUENCE, content, ECDSA, element(Der.BIT_STRING, signature));
    }

    private static byte[] entry(byte[] serialNumber) {
        return element(Der.SEQUENCE, element(Der.INTEGER, serialNumber), THIS_UPDATE);
    }

    /** The extensions 1.2.0, 1.2.1 and so on. */
    private static byte[] extensions(int count, int bytesEach) {
        byte[][] all = IntStream.range(0, count)
                .mapToObj(i -> element(
                        Der.SEQUENCE,
                        element(Der.OBJECT_IDENTIFIER, new byte[] {42, (byte) i}),
                        element(Der.OCTET_STRING, element(Der.OCTET_STRING, new byte[bytesEach]))))
                .toArray(byte[][]::new);
        return element(Der.SEQUENCE, all);
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        element.write(0x84);
        element.writeBytes(new byte[] {
            (byte) (content.size() >> 24),
            (byte) (content.size() >> 16),
            (byte) (content.size() >> 8),
            (byte) content.size()
        });
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
