package dev.certtide.model.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @Test
    void anAddressAloneIsABlockOfOne() {
        Network one = Network.parse("10.1.2.3");

        assertEquals("10.1.2.3/32", one.toString());
        assertTrue(one.contains(InetAddress.ofLiteral("10.1.2.3")));
        assertFalse(one.contains(InetAddress.ofLiteral("10.1.2.2")));
    }

    @Test
    void aBlockOfLengthZeroHoldsItsWholeFamilyAndNotTheOther() {
        assertTrue(Network.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("255.255.255.255")));
        assertFalse(Network.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")));
        assertTrue(Network.parse("::/0").contains(InetAddress.ofLiteral("ffff::1")));
        assertFalse(Network.parse("::/0").contains(InetAddress.ofLiteral("1.2.3.4")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10/8",
                "a.b.c.d/8",
                "::1/129",
                "2001:db8::1/32",
                "010.0.0.0/8",
                "fe80::%lo/10",
                "10.0.0.0/x"
            })
    void whatIsNoNetworkIsRefusedWithAHint(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Network.parse(text));

        assertTrue(refusal.getMessage().contains("10.0.0.0/8"), refusal::getMessage);
    }

    /** Containment against plain arithmetic on the bits. */
    @Property
    void containmentComparesTheFirstBits(
            @ForAll int prefixBits, @ForAll @IntRange(min = 0, max = 32) int length, @ForAll int flips)
            throws UnknownHostException {
        int mask = length == 0 ? 0 : -1 << (32 - length);
        int prefix = prefixBits & mask;
        Network network = Network.parse(address(prefix).getHostAddress() + "/" + length);

        assertTrue(network.contains(address(prefix ^ (flips & ~mask))));
        assertEquals((flips & mask) == 0, network.contains(address(prefix ^ flips)));
    }

    /** A single bit is enough to be outside, and it has to be one of the first. */
    @Property
    void oneFlippedBitDecides(
            @ForAll int prefixBits,
            @ForAll @IntRange(min = 0, max = 32) int length,
            @ForAll @IntRange(min = 0, max = 31) int flipped)
            throws UnknownHostException {
        int prefix = length == 0 ? 0 : prefixBits & -1 << (32 - length);
        Network network = Network.parse(address(prefix).getHostAddress() + "/" + length);

        assertEquals(flipped >= length, network.contains(address(prefix ^ Integer.MIN_VALUE >>> flipped)));
    }

    private static InetAddress address(int bits) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits});
    }
}
