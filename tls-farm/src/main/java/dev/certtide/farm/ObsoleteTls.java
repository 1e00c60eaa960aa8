package dev.certtide.farm;

import java.security.Security;

/**
 * Lets JSSE speak what it has long forgotten to: SSL 3.0, RC4, 3DES, groups of 1,024 bits. It reads the properties when it
 * is first used in a process, so the farm's classes that use it permit them first; a program that has used TLS before
 * gets servers that refuse everybody.
 */
final class ObsoleteTls {
    private ObsoleteTls() {}

    static void permit() {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        Security.setProperty("jdk.tls.legacyAlgorithms", "");
        // For DHE, which nobody in this process offers but the host that is there to show it.
        System.setProperty("jdk.tls.ephemeralDHKeySize", "1024");
        // Read at the same time, by clients: those in this process shall see the host with 10,000 names as others do.
        if (System.getProperty("jdk.tls.maxHandshakeMessageSize") == null) {
            System.setProperty("jdk.tls.maxHandshakeMessageSize", Integer.toString(1 << 20));
        }
    }
}
