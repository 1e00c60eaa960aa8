package dev.certtide.model.address;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Test
    void portsAndRangesHoldWhatTheyName() {
        Ports ports = Ports.parse("443, 8000-8999");

        assertTrue(ports.contains(443));
        assertTrue(ports.contains(8000));
        assertTrue(ports.contains(8999));
        assertFalse(ports.contains(444));
        assertFalse(ports.contains(7999));
        assertFalse(ports.contains(9000));
        assertTrue(Ports.ALL.contains(1) && Ports.ALL.contains(65_535));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void everyProtocolsOwnPortMayBeChecked(Protocol protocol) {
        assertTrue(Ports.COMMON_TLS.contains(protocol.defaultPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "0", "65536", "443,", "9-8", "1-", "-1", "http", "1-2-3", "999999"})
    void whatIsNoListOfPortsIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ports.parse(text));
    }
}
