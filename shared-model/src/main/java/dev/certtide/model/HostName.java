package dev.certtide.model;

import com.ibm.icu.text.IDNA;
import dev.certtide.model.address.IpLiteral;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Normalises what people write for a host: a DNS name or an IP address.
 *
 * <p>Names follow UTS 46 (non-transitional, so that {@code faß.de} stays itself) and become lower-case A-labels without
 * a trailing dot. Underscores pass, as they do in DNS. A name whose last label is a number is refused (WHATWG URL
 * Standard, "ends in a number checker"): system resolvers take {@code 127.1} or {@code 2852039166} for addresses.
 */
final class HostName {
    private static final int LONGEST_NAME = 253;
    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

    private HostName() {}

    /** The normal form of {@code host}; IPv6 addresses come without brackets, in RFC 5952 form. */
    static String normalise(String host) {
        if (host.isEmpty()) {
            throw invalid("has no host; write it as https://host");
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1));
        }
        if (host.indexOf(':') >= 0) {
            return ipv6(host);
        }
        return IpLiteral.parse(host).isPresent() ? host : name(host);
    }

    /** Whether a normalised host is an IP address and not a name. */
    static boolean isAddress(String normalised) {
        return IpLiteral.parse(normalised).isPresent();
    }

    private static String name(String host) {
        if (host.length() > 4 * LONGEST_NAME) {
            throw tooLong(host.length());
        }
        var info = new IDNA.Info();
        var ascii =
                UTS46.nameToASCII(host, new StringBuilder(), info).toString().toLowerCase(Locale.ROOT);
        var name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (name.length() > LONGEST_NAME) {
            throw tooLong(name.length());
        }
        var errors = EnumSet.noneOf(IDNA.Error.class);
        errors.addAll(info.getErrors());
        errors.remove(IDNA.Error.HYPHEN_3_4); // As browsers do (CheckHyphens=false): r3---sn-x.googlevideo.com exists.
        if (!errors.isEmpty()) {
            throw invalid("host is not a valid name ("
                    + errors.stream()
                            .map(error -> error.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        if (!LABELS.matcher(name).matches()) {
            throw invalid("host holds characters that no DNS name has; use letters, digits, hyphens and dots");
        }
        if (IpLiteral.endsInNumber(name)) {
            throw invalid("host ends in a number but is no IPv4 address; write all four numbers, in decimal");
        }
        return name;
    }

    private static String ipv6(String text) {
        var address = Optional.of(text)
                .filter(literal -> literal.indexOf(':') >= 0)
                .flatMap(IpLiteral::parse)
                .orElseThrow(
                        () -> invalid("host is no IPv6 address, or has a zone; write it as https://[2001:db8::1]:443"));
        return IpLiteral.text(address);
    }

    private static InvalidInputException tooLong(int length) {
        return invalid("host is " + length + " characters long; a DNS name has at most " + LONGEST_NAME);
    }

    private static InvalidInputException invalid(String problem) {
        return new InvalidInputException("url", problem);
    }
}
