package dev.certtide.model.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * IP addresses as text, strictly: dotted IPv4 of four decimal numbers, or IPv6 (RFC 4291, 2.2) without brackets or zone.
 *
 * <p>{@link InetAddress#getByName} and the C library take {@code 2852039166}, {@code 0x7f.1}, {@code 127.1} and
 * {@code 0177.0.0.1} for addresses; nothing here does, and {@link #endsInNumber} tells such names, so that none gets to
 * a resolver.
 */
public final class IpLiteral {
    private static final Pattern OCTET_QUAD = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+");

    private IpLiteral() {}

    /** The address, or none if the text is anything else. An IPv4-mapped IPv6 address comes back as IPv4. */
    public static Optional<InetAddress> parse(String text) {
        boolean isIpv6 = text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
        if (!isIpv6 && !OCTET_QUAD.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /**
     * Whether a name's last label is a number, decimal, octal or hexadecimal: then it is an address or a mistake, but no
     * DNS name (WHATWG URL Standard, 3.5, "ends in a number checker").
     */
    public static boolean endsInNumber(String name) {
        var trimmed = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return NUMBER.matcher(trimmed.substring(trimmed.lastIndexOf('.') + 1)).matches();
    }

    /** 4 or 16 bytes; an IPv4-mapped IPv6 address gives the 4 bytes that a connection to it would reach. */
    static byte[] bytesOf(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet6Address && isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    /** Dotted IPv4, or IPv6 in the form of RFC 5952, without brackets or zone. {@link #parse} reads it back. */
    public static String text(InetAddress address) {
        var bytes = bytesOf(address);
        return bytes.length == 4 ? dotted(bytes) : rfc5952(bytes);
    }

    private static String dotted(byte[] bytes) {
        return IntStream.range(0, 4)
                .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
                .collect(Collectors.joining("."));
    }

    /** Lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::} (RFC 5952, 4). */
    private static String rfc5952(byte[] bytes) {
        var groups = IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString((bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff))
                .toList();
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.size(); i++) {
            int end = i;
            while (end < groups.size() && groups.get(end).equals("0")) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        return start < 0
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, start)) + "::"
                        + String.join(":", groups.subList(start + longest, groups.size()));
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }
}
