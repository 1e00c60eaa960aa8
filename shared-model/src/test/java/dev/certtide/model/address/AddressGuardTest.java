package dev.certtide.model.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard guard = AddressGuard.strict();

    /** First and last address of each refused block, and the public neighbours, "-" where the neighbour is refused too. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            -,               0.0.0.0,          0.255.255.255,    1.0.0.0
            9.255.255.255,   10.0.0.0,         10.255.255.255,   11.0.0.0
            100.63.255.255,  100.64.0.0,       100.127.255.255,  100.128.0.0
            126.255.255.255, 127.0.0.0,        127.255.255.255,  128.0.0.0
            169.253.255.255, 169.254.0.0,      169.254.255.255,  169.255.0.0
            172.15.255.255,  172.16.0.0,       172.31.255.255,   172.32.0.0
            191.255.255.255, 192.0.0.0,        192.0.0.255,      192.0.1.0
            192.0.1.255,     192.0.2.0,        192.0.2.255,      192.0.3.0
            192.88.98.255,   192.88.99.0,      192.88.99.255,    192.88.100.0
            192.167.255.255, 192.168.0.0,      192.168.255.255,  192.169.0.0
            198.17.255.255,  198.18.0.0,       198.19.255.255,   198.20.0.0
            198.51.99.255,   198.51.100.0,     198.51.100.255,   198.51.101.0
            203.0.112.255,   203.0.113.0,      203.0.113.255,    203.0.114.0
            223.255.255.255, 224.0.0.0,        239.255.255.255,  -
            -,               240.0.0.0,        255.255.255.255,  -
            -,  ::,              ::,                                       -
            -,  ::1,             ::1,                                      -
            -,  ::2,             ::ffff:ffff,                              -
            -,  64:ff9b::,       64:ff9b::ffff:ffff,                       -
            -,  64:ff9b:1::,     64:ff9b:1:ffff:ffff:ffff:ffff:ffff,       -
            -,  100::,           100::ffff:ffff:ffff:ffff,                 -
            -,  1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2000::
            2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::
            2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::
            2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::
            3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::
            3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::, 5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -
            -,  5f00::,          5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff,  -
            -,  fc00::,          fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,  -
            -,  fe80::,          febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff,  -
            -,  fec0::,          feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,  -
            -,  ff00::,          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,  -
            """)
    void everySpecialBlockIsRefusedFromItsFirstToItsLastAddress(
            String before, String first, String last, String after) {
        assertRefused(first);
        assertRefused(last);
        if (!before.equals("-")) {
            assertPasses(before);
        }
        if (!after.equals("-")) {
            assertPasses(after);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "fd00:ec2::254",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2001:0:a9fe:a9fe::",
                "::ffff:169.254.169.254",
                "::ffff:0:169.254.169.254"
            })
    void theMetadataServiceIsRefusedInEveryDisguise(String address) {
        assertRefused(address);
    }

    /** {@link InetAddress} folds such an address into IPv4 by itself; an {@link Inet6Address} made from bytes is not. */
    @Test
    void aMappedAddressThatStayedIpv6IsJudgedAsTheIpv4AddressItReaches() throws UnknownHostException {
        assertTrue(guard.refusal(mapped(127, 0, 0, 1), 443).isPresent());
        assertTrue(guard.refusal(mapped(8, 8, 8, 8), 443).isEmpty());
        assertTrue(guard.allowingNetworks("127.0.0.0/8")
                .refusal(mapped(127, 0, 0, 1), 443)
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:829::200e"})
    void publicAddressesPass(String address) {
        assertPasses(address);
    }

    @Test
    void anAllowedNetworkPassesAndNothingAroundItDoes() {
        AddressGuard local = guard.allowingNetworks("127.0.0.1/32, ::1/128");

        assertEquals(Optional.empty(), local.refusal(InetAddress.ofLiteral("127.0.0.1"), 443));
        assertEquals(Optional.empty(), local.refusal(InetAddress.ofLiteral("::1"), 443));
        assertTrue(local.refusal(InetAddress.ofLiteral("127.0.0.2"), 443).isPresent());
        assertTrue(local.refusal(InetAddress.ofLiteral("10.0.0.1"), 443).isPresent());
    }

    @Test
    void aPortThatIsNotOnTheListIsRefusedOnEveryAddress() {
        assertEquals(
                Optional.of("port 22 is not among those that may be checked"),
                guard.refusal(InetAddress.ofLiteral("1.1.1.1"), 22));
        assertTrue(guard.allowingNetworks("127.0.0.0/8")
                .refusal(InetAddress.ofLiteral("127.0.0.1"), 22)
                .isPresent());
    }

    @Test
    void theRefusalSaysWhatTheAddressIs() {
        AddressBlockedException refusal = assertThrows(
                AddressBlockedException.class, () -> guard.require(InetAddress.ofLiteral("10.1.2.3"), 443));

        assertEquals("10.1.2.3 is not a public address: private (RFC 1918) 10.0.0.0/8", refusal.getMessage());
    }

    private void assertRefused(String address) {
        assertTrue(guard.refusal(InetAddress.ofLiteral(address), 443).isPresent(), () -> address + " passes");
    }

    private void assertPasses(String address) {
        assertEquals(Optional.empty(), guard.refusal(InetAddress.ofLiteral(address), 443));
    }

    private static InetAddress mapped(int... octets) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) octets[i];
        }
        return Inet6Address.getByAddress("", bytes, -1);
    }
}
