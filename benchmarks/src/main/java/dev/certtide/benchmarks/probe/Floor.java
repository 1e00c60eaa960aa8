package dev.certtide.benchmarks.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the cryptography of a check costs by itself: {@code openssl speed}, on the clients' core. */
final class Floor {
    private Floor() {}

    /** Microseconds each, in one line for people. */
    static String measure(int core, Path folder) {
        String output = Command.output(
                folder,
                "install OpenSSL",
                "taskset",
                "-c",
                Integer.toString(core),
                "openssl",
                "speed",
                "-mr",
                "-seconds",
                "2",
                "ecdhx25519",
                "ecdsap256",
                "ecdsap384",
                "rsa2048",
                "rsa4096");
        List<String> parts = new ArrayList<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split(":");
            switch (fields[0]) {
                case "+F2" -> parts.add(micros("RSA-" + fields[2] + " verify", fields[4]));
                case "+F4" -> parts.add(micros("P-" + fields[2] + " verify", fields[4]));
                case "+F5" -> parts.add(micros("X25519", fields[3]));
                default -> {}
            }
        }
        return String.join(", ", parts);
    }

    /** From the machine-readable output, which counts operations in a second. */
    private static String micros(String what, String perSecond) {
        return String.format(Locale.ROOT, "%s %.0f µs", what, 1e6 / Double.parseDouble(perSecond));
    }
}
