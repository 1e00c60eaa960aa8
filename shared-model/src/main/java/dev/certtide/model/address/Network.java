package dev.certtide.model.address;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IP addresses, written as CIDR: {@code 10.0.0.0/8}, {@code 2001:db8::/32} (RFC 4632, RFC 4291).
 *
 * <p>IPv4-mapped IPv6 addresses (RFC 4291, 2.5.5.2) belong to the IPv4 block that they stand for, and to no IPv6 block.
 */
public final class Network {
    private final InetAddress first;
    private final byte[] prefix;
    private final int bits;

    private Network(InetAddress first, int bits) {
        this.first = first;
        this.prefix = first.getAddress();
        this.bits = bits;
    }

    /**
     * Reads {@code address/bits}; an address alone is a block of one.
     *
     * @throws IllegalArgumentException if it is none, or has bits set beyond its length
     */
    public static Network parse(String cidr) {
        var parts = cidr.strip().split("/", 2);
        var first =
                IpLiteral.parse(parts[0]).orElseThrow(() -> wrong(cidr, "its address is neither dotted IPv4 nor IPv6"));
        var prefix = first.getAddress();
        int bits = parts.length == 1 ? prefix.length * 8 : length(cidr, parts[1], prefix.length * 8);
        for (int bit = bits; bit < prefix.length * 8; bit++) {
            if (bit(prefix, bit) != 0) {
                throw wrong(cidr, "it has bits set beyond its length of " + bits);
            }
        }
        return new Network(first, bits);
    }

    /** Whether the address lies in this block. */
    public boolean contains(InetAddress address) {
        return contains(IpLiteral.bytesOf(address));
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int wholeBytes = bits / 8;
        if (!Arrays.equals(address, 0, wholeBytes, prefix, 0, wholeBytes)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((address[wholeBytes] ^ prefix[wholeBytes]) & 0xff) >>> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return IpLiteral.text(first) + "/" + bits;
    }

    private static int length(String cidr, String text, int most) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > most) {
            throw wrong(cidr, "its length is not 0 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / 8] >> (7 - index % 8) & 1;
    }

    private static IllegalArgumentException wrong(String cidr, String why) {
        return new IllegalArgumentException("'" + cidr + "' is no network: " + why + "; write it as 10.0.0.0/8");
    }
}
