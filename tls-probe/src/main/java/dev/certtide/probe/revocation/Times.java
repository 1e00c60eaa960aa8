package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as DER has them. */
final class Times {
    private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    private Times() {}

    static Instant instant(Der time) {
        String text =
                switch (time.tag()) {
                    // RFC 5280, 4.1.2.5.1: years from 50 on are of the last century.
                    case Der.UTC_TIME -> (time.ascii().compareTo("50") < 0 ? "20" : "19") + time.ascii();
                    case Der.GENERALIZED_TIME -> time.ascii();
                    default -> throw new MalformedDerException("a time with the tag %02x".formatted(time.tag()));
                };
        try {
            return LocalDateTime.parse(text, GENERALIZED).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new MalformedDerException("a time that is none");
        }
    }
}
