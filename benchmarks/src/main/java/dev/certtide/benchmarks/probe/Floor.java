package dev.certtide.benchmarks.probe;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the cryptography of a check costs by itself: {@code openssl speed}, on the clients' core.
 *
 * @param micros microseconds by name of the operation, as they were printed
 */
record Floor(Map<String, Double> micros) {
    private static final String X25519 = "X25519";

    static Floor measure(int core, Path folder) {
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
        Map<String, Double> micros = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split(":");
            switch (fields[0]) {
                case "+F2" -> micros.put("RSA-" + fields[2] + " verify", perSecond(fields[4]));
                case "+F4" -> micros.put("P-" + fields[2] + " verify", perSecond(fields[4]));
                case "+F5" -> micros.put(X25519, perSecond(fields[3]));
                default -> {}
            }
        }
        return new Floor(micros);
    }

    /** All of them, in one line for people. */
    String text() {
        return micros.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.0f µs", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Two operations of X25519 and the server's signature, and that of the leaf when it is new; microseconds. */
    double of(Chain chain, Setting.Leaves leaves) {
        double known = 2 * micros.get(X25519) + micros.get(serverKey(chain));
        return leaves == Setting.Leaves.UNCHANGED ? known : known + micros.get(issuerKey(chain));
    }

    private static String serverKey(Chain chain) {
        return chain == Chain.RSA ? "RSA-2048 verify" : "P-256 verify";
    }

    private static String issuerKey(Chain chain) {
        return chain == Chain.LETS_ENCRYPT ? "P-384 verify" : serverKey(chain);
    }

    /** From the machine-readable output, which counts operations in a second. */
    private static double perSecond(String count) {
        return 1e6 / Double.parseDouble(count);
    }
}
