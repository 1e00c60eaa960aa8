package dev.certtide.probe.judge;

import dev.certtide.model.address.IpLiteral;
import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names that a certificate is for: its subject alternative names, and nothing else. The common name does not count
 * (RFC 9525, 6.3; no browser has taken it since 2017).
 *
 * @param dnsNames as they are written, wildcards included
 * @param addresses IP addresses
 */
record SubjectNames(List<String> dnsNames, List<InetAddress> addresses) {
    private static final int DNS_NAME = Der.context(2, false); // The tags of GeneralName, RFC 5280, 4.2.1.6.
    private static final int IP_ADDRESS = Der.context(7, false);

    SubjectNames {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
    }

    /**
     * What the certificate says; nothing if its names cannot be taken apart, for then no client can match one. One that is
     * malformed, or no name of a server's, hides no other: the JDK, asked for them, would find none at all.
     */
    static SubjectNames of(X509Certificate certificate) {
        List<String> dnsNames = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (Der name : Extensions.of(certificate, Oids.SUBJECT_ALTERNATIVE_NAME)
                    .map(names -> names.as(Der.SEQUENCE).children())
                    .orElse(List.of())) {
                if (name.tag() == DNS_NAME) {
                    dnsNames.add(name.ascii());
                } else if (name.tag() == IP_ADDRESS) {
                    address(name.content()).ifPresent(addresses::add);
                }
            }
        } catch (MalformedDerException e) {
            return new SubjectNames(List.of(), List.of());
        }
        return new SubjectNames(dnsNames, addresses);
    }

    private static Optional<InetAddress> address(byte[] bytes) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty(); // Neither 4 bytes nor 16.
        }
    }

    boolean isEmpty() {
        return dnsNames.isEmpty() && addresses.isEmpty();
    }

    /** All of them, as text. */
    List<String> all() {
        List<String> all = new ArrayList<>(dnsNames);
        addresses.forEach(address -> all.add(IpLiteral.text(address)));
        return all;
    }

    /** Whether the certificate is for this host, a DNS name in A-labels or an IP address. */
    boolean include(String host) {
        Optional<InetAddress> address = IpLiteral.parse(host);
        return address.isPresent()
                ? addresses.contains(address.get())
                : dnsNames.stream().anyMatch(pattern -> matches(pattern, host));
    }

    /** RFC 9525, 6.3: letter case aside, label by label, a wildcard being the whole leftmost label and nothing else. */
    static boolean matches(String pattern, String host) {
        String presented = pattern.toLowerCase(Locale.ROOT);
        String name = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
        if (!presented.startsWith("*.")) {
            return presented.indexOf('*') < 0 && presented.equals(name);
        }
        String parent = presented.substring(1);
        int firstDot = name.indexOf('.');
        // At least two labels stay below the wildcard: nobody may speak for a whole top-level domain.
        return parent.indexOf('.', 1) > 0
                && parent.indexOf('*') < 0
                && firstDot > 0
                && name.substring(firstDot).equals(parent);
    }
}
