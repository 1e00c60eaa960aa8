package dev.certtide.model.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
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
            strings = {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.1/8", "10/8", "a.b.c.d/8",
                "::1/129", "2001:db8::1/32", "010.0.0.0/8", "fe80::%lo/10", "10.0.0.0/x"})
    void whatIsNoNetworkIsRefusedWithAHint(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Network.parse(text));

        assertTrue(refusal.getMessage().contains("10.0.0.0/8"), refusal::getMessage);
    }

    /** Containment against plain arithmetic on the bits. */
    @Test
    void containmentComparesTheFirstBits() throws UnknownHostException {
        var random = new Random(4632);
        for (int i = 0; i < 10_000; i++) {
            int bits = random.nextInt(33);
            int mask = bits == 0 ? 0 : -1 << (32 - bits);
            int prefix = random.nextInt() & mask;
            int flips = random.nextInt(3) == 0 ? 1 << random.nextInt(32) : random.nextInt() & ~mask;
            Network network = Network.parse(address(prefix).getHostAddress() + "/" + bits);

            assertEquals(
                    ((prefix ^ flips) & mask) == prefix,
                    network.contains(address(prefix ^ flips)),
                    () -> network + " " + Integer.toHexString(prefix ^ flips));
        }
    }

    private static InetAddress address(int bits) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits});
    }
}
