package dev.certtide.notifier;

import static dev.certtide.notifier.Samples.JANE;
import static dev.certtide.notifier.Samples.notification;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.contract.Contract;
import dev.certtide.model.event.Notification;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds what is sent to what {@code docs/contracts} promises. */
class WebhookContractTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACKNOWLEDGED") // It is for pagers alone.
    void whatIsSentKeepsThePublishedContract(Notification.Kind kind) {
        var sample = notification(JANE);
        var notification = new Notification(
                sample.key(),
                kind,
                sample.owner(),
                sample.channel(),
                sample.target(),
                sample.status(),
                sample.incident(),
                sample.since(),
                sample.at(),
                sample.findings(),
                kind == Notification.Kind.CHANGED ? Optional.empty() : sample.leaf());

        assertEquals(List.of(), new Contract("webhook.v1").violations(OwnerWebhooks.body(notification)));
    }

    @Test
    void summariesAndCausesOfManyKeepItToo() {
        for (var notification : List.of(Samples.summary(), Samples.ofMany())) {
            assertEquals(List.of(), new Contract("webhook.v1").violations(OwnerWebhooks.body(notification)));
        }
        var passedOn = notification(JANE).over(JANE, "why");
        assertEquals(List.of(), new Contract("webhook.v1").violations(OwnerWebhooks.body(passedOn)));
        var broken = Samples.broken(JANE, StoredChannels.SLACK);
        assertEquals(List.of(), new Contract("webhook.v1").violations(OwnerWebhooks.body(broken)));
    }
}
