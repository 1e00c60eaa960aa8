package dev.certtide.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What people read when one message is about many hosts. */
class ManyHostsTextTest {
    @Test
    void oneCauseBehindManyHostsIsToldOnceWithTheirNames() {
        var text = Samples.notice(Samples.ofMany()).text();
        assertTrue(text.subject().startsWith("Warning: shop.example and 42 more: an intermediate"), text.subject());
        assertTrue(
                text.body().contains("\n\nThe same is wrong with www.example, mail.example:993 and 40 more.\n\n"),
                text.body());
    }

    @Test
    void aSummarySaysHowMuchOfWhatAndWhatIsWorst() {
        var text = Samples.notice(Samples.summary()).text();
        assertEquals(
                "Summary: 1 critical, 1 warning, 1 resolved and 9997 more; first of all shop.example: the certificate has expired",
                text.subject());
        assertEquals("""
                1 critical, 1 warning, 1 resolved and 9997 more; first of all shop.example: the certificate has expired

                - Critical: shop.example: the certificate has expired (since 21 November 2026 12:00 UTC, an hour ago)
                - Warning: www.example: the certificate is about to expire (since 21 November 2026 12:00 UTC, an hour ago)
                - Resolved: mail.example: fine again (was: the server does not answer) (since 21 November 2026 12:00 UTC, an hour ago)
                - and 9997 more

                To see all of it: certtide incidents ls
                """, text.body());
    }
}
