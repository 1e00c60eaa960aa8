package dev.certtide.probe.path;

import dev.certtide.probe.path.GeneralName.Directory;
import dev.certtide.probe.path.GeneralName.Dns;
import dev.certtide.probe.path.GeneralName.Email;
import dev.certtide.probe.path.GeneralName.Ip;
import dev.certtide.probe.path.GeneralName.Other;
import dev.certtide.probe.path.GeneralName.Uri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which names lie in the subtree that a name constraint spans, RFC 5280, 4.2.1.10, form by form. */
final class NameSubtrees {
    private NameSubtrees() {}

    static boolean isSameForm(GeneralName subtree, GeneralName name) {
        return subtree.getClass() == name.getClass() && (!(subtree instanceof Other) || subtree.equals(name));
    }

    /** Whether the name is one that can be compared at all. */
    static boolean isWellFormed(GeneralName name) {
        return switch (name) {
            case Dns(String dns) -> isDnsName(withoutWildcard(dns));
            case Ip(List<Byte> address) -> address.size() == 4 || address.size() == 16;
            case Email(String mailbox) -> mailbox.indexOf('@') > 0 && mailbox.indexOf('@') == mailbox.lastIndexOf('@');
            case Uri(String uri) -> hostOf(uri).isPresent();
            case Directory directory -> true;
            case Other other -> false;
        };
    }

    /** Whether the whole of {@code name}, well-formed, lies in {@code subtree}: what a permitted subtree asks for. */
    static boolean holds(GeneralName subtree, GeneralName name) {
        return switch (subtree) {
            case Dns(String base) -> name instanceof Dns(String dns) && holdsDns(base, withoutWildcard(dns));
            case Ip(List<Byte> base) -> name instanceof Ip(List<Byte> address) && holdsAddress(base, address);
            case Email(String base) -> name instanceof Email(String mailbox) && holdsMailbox(base, mailbox);
            case Uri(String base) ->
                name instanceof Uri(String uri)
                        && hostOf(uri).map(host -> holdsHost(base, host)).orElse(false);
            case Directory(List<String> base) ->
                name instanceof Directory(List<String> rdns)
                        && rdns.size() >= base.size()
                        && rdns.subList(0, base.size()).equals(base);
            case Other other -> false;
        };
    }

    /**
     * Whether some part of {@code name}, well-formed, lies in {@code subtree}: what an excluded subtree forbids. A wildcard
     * stands for every label, the excluded one among them (CVE-2025-61727).
     */
    static boolean touches(GeneralName subtree, GeneralName name) {
        return holds(subtree, name)
                || subtree instanceof Dns(String base)
                        && name instanceof Dns(String dns)
                        && isWildcard(dns)
                        && parentOf(base).equals(withoutWildcard(dns));
    }

    /** Refuses constraints that nobody can follow. */
    static void requireMeaning(GeneralName subtree) {
        boolean isMeaningful =
                switch (subtree) {
                    // A leading dot is against RFC 5280 and widely understood all the same.
                    case Dns(String base) ->
                        base.isEmpty() || isDnsName(base.startsWith(".") ? base.substring(1) : base);
                    case Ip(List<Byte> base) -> (base.size() == 8 || base.size() == 32) && isMask(base);
                    case Email(String base) -> base.indexOf('@') == base.lastIndexOf('@');
                    default -> true;
                };
        if (!isMeaningful) {
            throw new MalformedDerException("a subtree that is none");
        }
    }

    private static boolean holdsDns(String base, String name) {
        String suffix = base.startsWith(".") ? base.substring(1) : base;
        return name.endsWith(suffix)
                && (suffix.isEmpty()
                        || name.length() == suffix.length()
                        || name.charAt(name.length() - suffix.length() - 1) == '.');
    }

    private static boolean holdsAddress(List<Byte> base, List<Byte> address) {
        int length = address.size();
        if (base.size() != 2 * length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (((base.get(i) ^ address.get(i)) & base.get(length + i)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMask(List<Byte> base) {
        boolean hasEnded = false;
        for (int bit = base.size() * 4; bit < base.size() * 8; bit++) {
            boolean isSet = (base.get(bit / 8) & 0x80 >> bit % 8) != 0;
            if (isSet && hasEnded) {
                return false;
            }
            hasEnded |= !isSet;
        }
        return true;
    }

    private static boolean holdsMailbox(String base, String mailbox) {
        int at = mailbox.lastIndexOf('@');
        if (at < 0 || mailbox.indexOf('@') != at) {
            return false;
        }
        int baseAt = base.lastIndexOf('@');
        String host = mailbox.substring(at + 1);
        // The local part is told apart by case, the host is not (RFC 5280, 7.5).
        return baseAt >= 0
                ? mailbox.substring(0, at).equals(base.substring(0, baseAt))
                        && host.equalsIgnoreCase(base.substring(baseAt + 1))
                : holdsHost(base, host);
    }

    /** A host by itself, or with a leading dot every host below: the rule for mailboxes and URIs. */
    private static boolean holdsHost(String base, String host) {
        return base.isEmpty()
                || (base.startsWith(".") ? lower(host).endsWith(lower(base)) : host.equalsIgnoreCase(base));
    }

    private static Optional<String> hostOf(String uri) {
        int authority = uri.indexOf("://");
        if (authority < 0) {
            return Optional.empty();
        }
        String rest = uri.substring(authority + 3);
        String host = rest.split("[/?#]", 2)[0];
        host = host.substring(host.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
        return isDnsName(host) ? Optional.of(host) : Optional.empty();
    }

    private static boolean isWildcard(String dns) {
        return dns.startsWith("*.");
    }

    private static String withoutWildcard(String dns) {
        return isWildcard(dns) ? dns.substring(2) : dns;
    }

    private static String parentOf(String dns) {
        return dns.substring(dns.indexOf('.') + 1);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Labels with something in them, and no wildcard: what can be compared at all. */
    private static boolean isDnsName(String name) {
        return !name.isEmpty()
                && !name.startsWith(".")
                && !name.contains("..")
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '*' && c != '/' && c != ':');
    }
}
