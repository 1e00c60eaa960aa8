package dev.certtide.model.address;

import java.util.List;
import java.util.Optional;

/**
 * Address blocks that no public host can have, or through which one is reached that nobody meant: IANA's registries of
 * special-purpose addresses (RFC 6890; iana-ipv4-special-registry, iana-ipv6-special-registry), the blocks that embed an
 * IPv4 address in IPv6, and everything outside IPv6's global unicast space.
 */
final class SpecialNetworks {
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    private static final List<Block> BLOCKS = List.of(
            block("0.0.0.0/8", "this network (RFC 791)"),
            block("10.0.0.0/8", "private (RFC 1918)"),
            block("100.64.0.0/10", "shared by carriers (RFC 6598)"),
            block("127.0.0.0/8", "loopback (RFC 1122)"),
            block("169.254.0.0/16", "link-local, cloud metadata included (RFC 3927)"),
            block("172.16.0.0/12", "private (RFC 1918)"),
            block("192.0.0.0/24", "protocol assignments (RFC 6890)"),
            block("192.0.2.0/24", "documentation (RFC 5737)"),
            block("192.88.99.0/24", "6to4 relays (RFC 7526)"),
            block("192.168.0.0/16", "private (RFC 1918)"),
            block("198.18.0.0/15", "benchmarking (RFC 2544)"),
            block("198.51.100.0/24", "documentation (RFC 5737)"),
            block("203.0.113.0/24", "documentation (RFC 5737)"),
            block("224.0.0.0/4", "multicast (RFC 5771)"),
            block("240.0.0.0/4", "reserved, broadcast included (RFC 1112)"),
            block("::/128", "unspecified (RFC 4291)"),
            block("::1/128", "loopback (RFC 4291)"),
            block("::/96", "IPv4-compatible (RFC 4291)"),
            block("64:ff9b::/96", "NAT64 (RFC 6052)"),
            block("64:ff9b:1::/48", "local NAT64 (RFC 8215)"),
            block("100::/64", "discard-only (RFC 6666)"),
            // Teredo (2001::/32), ORCHID and benchmarking are parts of it; no site is.
            block("2001::/23", "protocol assignments, Teredo included (RFC 2928, RFC 4380)"),
            block("2001:db8::/32", "documentation (RFC 3849)"),
            block("2002::/16", "6to4 (RFC 3056)"),
            block("3fff::/20", "documentation (RFC 9637)"),
            block("5f00::/16", "segment routing (RFC 9602)"),
            block("fc00::/7", "unique local, cloud metadata included (RFC 4193)"),
            block("fe80::/10", "link-local (RFC 4291)"),
            block("fec0::/10", "site-local (RFC 3879)"),
            block("ff00::/8", "multicast (RFC 4291)"));

    private SpecialNetworks() {}

    /** What the block is for that holds the address, or none for a public address. */
    static Optional<String> purposeOf(byte[] address) {
        Optional<String> purpose = BLOCKS.stream()
                .filter(block -> block.network().contains(address))
                .map(block -> block.purpose() + " " + block.network())
                .findFirst();
        boolean isElsewhere = address.length == 16 && !GLOBAL_UNICAST.contains(address);
        return purpose.isEmpty() && isElsewhere ? Optional.of("outside the global IPv6 space (RFC 4291)") : purpose;
    }

    private static Block block(String cidr, String purpose) {
        return new Block(Network.parse(cidr), purpose);
    }

    private record Block(Network network, String purpose) {}
}
