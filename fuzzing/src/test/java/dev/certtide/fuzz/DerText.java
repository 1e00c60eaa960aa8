package dev.certtide.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes DER, as right or wrong as what it is given. */
final class DerText {
    private DerText() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** An element with these contents one after the other. */
    static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] one : contents) {
            content.writeBytes(one);
        }
        int length = content.size();
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 4);
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else if (length < 0x100) {
            element.write(0x81);
            element.write(length);
        } else {
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    static byte[] element(int tag, String text) {
        return element(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A distinguished name that is a common name. */
    static byte[] name(String commonName) {
        return element(0x30, element(0x31, element(0x30, hex("0603550403"), element(0x0c, commonName))));
    }
}
