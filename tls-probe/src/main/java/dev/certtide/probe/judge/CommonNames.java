package dev.certtide.probe.judge;

import dev.certtide.model.address.IpLiteral;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Common names that mean an alternative name and spell it differently, which BR 7.1.4.3 forbids. */
final class CommonNames {
    /** What inet_aton takes for an IPv4 address: parts in decimals, octals or hex. */
    private static final Pattern LOOSE_IPV4 = Pattern.compile(
            "((0x[0-9a-f]{1,8}|[0-9]{1,11})\\.){0,3}(0x[0-9a-f]{1,8}|[0-9]{1,11})", Pattern.CASE_INSENSITIVE);

    private CommonNames() {}

    /** Whether this is one of the certificate's names, in whatever spelling. */
    static boolean isOneOf(SubjectNames names, String commonName) {
        Optional<InetAddress> address = IpLiteral.parse(commonName);
        if (address.isPresent()) {
            return names.addresses().contains(address.get());
        }
        if (!names.addresses().isEmpty() && LOOSE_IPV4.matcher(commonName).matches()) {
            return true;
        }
        return names.dnsNames().stream()
                .anyMatch(name -> name.equalsIgnoreCase(commonName) || name.equalsIgnoreCase(ascii(commonName)));
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
