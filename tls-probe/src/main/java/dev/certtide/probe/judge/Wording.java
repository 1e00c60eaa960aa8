package dev.certtide.probe.judge;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** How findings speak of instants, spans of time and certificates. What a server sent is clipped and made printable. */
final class Wording {
    private static final int LONGEST = 200;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    /** {@code 2026-03-15 12:00 UTC}. */
    static String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** {@code 3 days}, {@code 1 hour}: the largest unit that fits, rounded down. */
    static String span(Duration span) {
        if (span.toDays() > 0) {
            return plural(span.toDays(), "day");
        }
        if (span.toHours() > 0) {
            return plural(span.toHours(), "hour");
        }
        return plural(span.toMinutes(), "minute");
    }

    /** {@code 10 s}, {@code 0.5 s}. */
    static String seconds(Duration span) {
        String seconds = String.format(Locale.ROOT, "%.3f", span.toMillis() / 1000.0);
        return seconds.replaceFirst("\\.?0+$", "") + " s";
    }

    /** The subject as people know it. */
    static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    /** The issuer as people know it. */
    static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    /** Clipped to a length for a message, without control characters or other things that a terminal might obey. */
    static String printable(String text) {
        String clean = text.codePoints()
                .limit(LONGEST)
                .map(c -> isPrintable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.length() < text.length() ? clean + "…" : clean;
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String name(X500Principal principal) {
        String distinguishedName = principal.getName();
        try {
            for (Rdn rdn : new LdapName(distinguishedName).getRdns().reversed()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    return "'"
                            + printable(rdn.getValue() instanceof String text ? text : Rdn.escapeValue(rdn.getValue()))
                            + "'";
                }
            }
        } catch (InvalidNameException e) {
            // Then the whole name has to do.
            return "'" + printable(distinguishedName) + "'";
        }
        return distinguishedName.isEmpty() ? "a certificate without a name" : "'" + printable(distinguishedName) + "'";
    }

    private static String plural(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
