package dev.certtide.probe.judge;

import dev.certtide.probe.path.Extensions;
import dev.certtide.probe.path.GeneralName;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Oids;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Rules about the names in a leaf that clients do not enforce: they only look for the one they want. */
final class LeafNameRules {
    /** Preferred name syntax (RFC 1034, 3.5, with digits in front, RFC 1123), a wildcard in front at most. */
    private static final Pattern DNS_NAME = Pattern.compile(
            "(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private LeafNameRules() {}

    static List<Breach> breachesOf(X509Certificate leaf) {
        List<Breach> breaches = new ArrayList<>();
        if (!Extensions.has(leaf, Oids.SUBJECT_ALTERNATIVE_NAME)) {
            return breaches; // That one is a finding of its own.
        }
        boolean hasSubject = !leaf.getSubjectX500Principal().getName().isEmpty();
        if (Extensions.isCritical(leaf, Oids.SUBJECT_ALTERNATIVE_NAME) == hasSubject) {
            breaches.add(new Breach(
                    leaf,
                    hasSubject
                            ? "has critical alternative names beside a subject"
                            : "has alternative names that are not critical, and no subject",
                    hasSubject ? "BR 7.1.2.7.12" : "RFC 5280, 4.2.1.6"));
        }
        try {
            Extensions.alternativeNames(leaf).stream()
                    .filter(LeafNameRules::isMalformed)
                    .findFirst()
                    .ifPresent(name -> breaches.add(new Breach(
                            leaf,
                            "has an alternative name that is none, " + told(name),
                            "RFC 5280, 4.2.1.6; BR 7.1.2.7.12")));
        } catch (MalformedDerException e) {
            breaches.add(new Breach(leaf, "has alternative names that cannot be read", "RFC 5280, 4.2.1.6"));
        }
        SubjectNames names = SubjectNames.of(leaf);
        commonNames(leaf).stream()
                .filter(commonName ->
                        !names.dnsNames().contains(commonName) && !names.all().contains(commonName))
                .filter(commonName -> CommonNames.isOneOf(names, commonName))
                .findFirst()
                .ifPresent(commonName -> breaches.add(new Breach(
                        leaf,
                        "has a common name that is one of its alternative names in another spelling, '"
                                + Wording.printable(commonName) + "'",
                        "BR 7.1.4.3")));
        return breaches;
    }

    private static boolean isMalformed(GeneralName name) {
        return switch (name) {
            case GeneralName.Dns(String dns) -> dns.length() > 253 || !isDnsName(dns);
            case GeneralName.Ip(List<Byte> address) -> address.size() != 4 && address.size() != 16;
            case GeneralName.Uri(String uri) -> !isUri(uri);
            case GeneralName.Email(String mailbox) -> mailbox.indexOf('@') < 0;
            default -> false;
        };
    }

    private static boolean isDnsName(String dns) {
        return DNS_NAME.matcher(dns).matches() && !IPV4.matcher(dns).matches();
    }

    /** With a scheme and something after it; a relative one names nothing. */
    private static boolean isUri(String uri) {
        try {
            return new URI(uri).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String told(GeneralName name) {
        return switch (name) {
            case GeneralName.Dns(String dns) -> "'" + Wording.printable(dns) + "'";
            case GeneralName.Uri(String uri) -> "the URI '" + Wording.printable(uri) + "'";
            case GeneralName.Email(String mailbox) -> "the mail address '" + Wording.printable(mailbox) + "'";
            default -> "an IP address";
        };
    }

    /** Those that are text: any other spells nothing, and is told in hex where it has to be told. */
    static List<String> commonNames(X509Certificate leaf) {
        try {
            return new LdapName(leaf.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }
}
