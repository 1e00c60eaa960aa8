package dev.certtide.probe.path;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One element of DER (X.690), a window on bytes that are never copied unless asked for. Just what extensions and
 * revocation lists need; the JDK has a reader, but does not export it. Every method throws
 * {@link MalformedDerException} when the bytes are not what was asked for.
 */
public final class Der {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private static final int LONGEST_OID = 64;
    private static final BigInteger FORTY = BigInteger.valueOf(40); // X.690, 8.19.4: two arcs in the first number.

    private final byte[] bytes;
    private final int tag;
    private final int from;
    private final int start;
    private final int end;

    private Der(byte[] bytes, int tag, int from, int start, int end) {
        this.bytes = bytes;
        this.tag = tag;
        this.from = from;
        this.start = start;
        this.end = end;
    }

    /** The one element that these bytes are. */
    public static Der parse(byte[] bytes) {
        Der element = read(bytes, 0, bytes.length);
        if (element.end != bytes.length) {
            throw new MalformedDerException("bytes left over after the element");
        }
        return element;
    }

    /** The context-specific tag {@code [number]}, of a primitive or of a constructed element. */
    public static int context(int number, boolean isConstructed) {
        return 0x80 | (isConstructed ? 0x20 : 0) | number;
    }

    /** The identifier octet, for example {@link #SEQUENCE}. */
    public int tag() {
        return tag;
    }

    /** This element, which must have that tag. */
    public Der as(int expected) {
        if (tag != expected) {
            throw new MalformedDerException("tag %02x where %02x should be".formatted(tag, expected));
        }
        return this;
    }

    /** What is inside, to be read one by one. */
    public Reader reader() {
        return new Reader(bytes, start, end);
    }

    /** Everything that is inside. */
    public List<Der> children() {
        List<Der> children = new ArrayList<>();
        for (Reader reader = reader(); reader.hasMore(); ) {
            children.add(reader.next());
        }
        return children;
    }

    /** The content without tag and length. */
    public byte[] content() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** The element with tag and length. */
    public byte[] encoded() {
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Where the element begins among the bytes that it was read from. */
    public int position() {
        return from;
    }

    /**
     * The element inside this one that begins at a position that {@link #position} once gave.
     *
     * @throws MalformedDerException if nothing begins there
     */
    public Der at(int position) {
        if (position < start) {
            throw new MalformedDerException("a position outside");
        }
        return read(bytes, position, end);
    }

    /** Lets a signature read the element with tag and length. Copies nothing. */
    public void encodedTo(Signature signature) throws SignatureException {
        signature.update(bytes, from, end - from);
    }

    /** A number made of the content; the same as {@link #hashOf} makes of those bytes. Copies nothing. */
    public int contentHash() {
        return hash(bytes, start, end);
    }

    /** A number made of bytes, cheap, and well spread for what is not made on purpose. */
    public static int hashOf(byte[] content) {
        return hash(content, 0, content.length);
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash * 0x9e3779b1;
    }

    /** Whether the content is just these bytes. Copies nothing. */
    public boolean hasContent(byte[] expected) {
        return Arrays.equals(bytes, start, end, expected, 0, expected.length);
    }

    /** How many bytes the content has. */
    public int length() {
        return end - start;
    }

    /** The content as text, byte by byte: right for IA5String, VisibleString and the times. */
    public String ascii() {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** The value of an INTEGER or of an implicitly tagged one. */
    public BigInteger integer() {
        if (start == end) {
            throw new MalformedDerException("an INTEGER without content");
        }
        return new BigInteger(bytes, start, end - start);
    }

    /** A small non-negative integer; whatever is greater than an int comes as the greatest int. */
    public int count() {
        BigInteger value = integer();
        if (value.signum() < 0) {
            throw new MalformedDerException("a negative number");
        }
        return value.bitLength() > 31 ? Integer.MAX_VALUE : value.intValue();
    }

    /** The value of a BOOLEAN or of an implicitly tagged one. */
    public boolean bool() {
        if (length() != 1) {
            throw new MalformedDerException("a BOOLEAN of " + length() + " bytes");
        }
        return bytes[start] != 0;
    }

    /** The bits of a BIT STRING, as a mask: bit 0 is 1, bit 1 is 2, and so on; at most 31 of them. */
    public int bits() {
        int mask = 0;
        for (int bit = 0; bit < 31 && bit < (length() - 1) * 8; bit++) {
            if ((bytes[start + 1 + bit / 8] & 0x80 >> bit % 8) != 0) {
                mask |= 1 << bit;
            }
        }
        return mask;
    }

    /** An OBJECT IDENTIFIER in dotted decimals. */
    public String oid() {
        if (length() == 0 || length() > LONGEST_OID || bytes[end - 1] < 0) {
            throw new MalformedDerException("an OBJECT IDENTIFIER of " + length() + " bytes");
        }
        StringBuilder text = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (int i = start; i < end; i++) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
            if (bytes[i] >= 0) {
                if (text.isEmpty()) {
                    int first = Math.min(arc.divide(FORTY).bitLength() > 2 ? 2 : arc.intValue() / 40, 2);
                    text.append(first).append('.').append(arc.subtract(BigInteger.valueOf(first * 40L)));
                } else {
                    text.append('.').append(arc);
                }
                arc = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    private static Der read(byte[] bytes, int from, int limit) {
        if (limit - from < 2) {
            throw new MalformedDerException("cut off");
        }
        int tag = bytes[from] & 0xff;
        if ((tag & 0x1f) == 0x1f) {
            throw new MalformedDerException("a tag of several bytes");
        }
        int length = bytes[from + 1] & 0xff;
        int start = from + 2;
        if (length >= 0x80) {
            int octets = length & 0x7f;
            if (octets == 0 || octets > 4 || limit - start < octets) {
                throw new MalformedDerException("a length of " + octets + " bytes");
            }
            long value = 0;
            for (int i = 0; i < octets; i++) {
                value = value << 8 | bytes[start + i] & 0xff;
            }
            start += octets;
            length = (int) Math.min(value, Integer.MAX_VALUE);
        }
        if (length > limit - start) {
            throw new MalformedDerException("an element longer than what holds it");
        }
        return new Der(bytes, tag, from, start, start + length);
    }

    /** Reads the elements inside another one by one. */
    public static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int at;

        private Reader(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.at = start;
            this.end = end;
        }

        public boolean hasMore() {
            return at < end;
        }

        /** The next element. */
        public Der next() {
            Der element = read(bytes, at, end);
            at = element.end;
            return element;
        }

        /** The next element, which must have that tag. */
        public Der next(int tag) {
            return next().as(tag);
        }

        /** The next element, if there is one and it has that tag; otherwise nothing is read. */
        public Optional<Der> nextIf(int tag) {
            return hasMore() && (bytes[at] & 0xff) == tag ? Optional.of(next()) : Optional.empty();
        }
    }
}
