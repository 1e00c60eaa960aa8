package dev.certtide.model.event;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.SctReport;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Unfetched;
import dev.certtide.model.Verdict;
import dev.certtide.model.history.Known;
import dev.certtide.model.history.LeafHistory;
import dev.certtide.model.history.RenewalHabit;
import dev.certtide.model.incident.Cause;
import dev.certtide.model.incident.Decision;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.IncidentAnswered;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.EagerMargins;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records with something in every field. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-11-21T13:37:00.123456789Z");
    static final Target TARGET = Target.parse("https://bücher.example:8443");
    static final Owner OWNER = new Owner("jane \"J\" O'Hara, 30% – ünïcode 💩 \\ /");

    private Examples() {}

    static CertificateReport certificate() {
        return new CertificateReport(
                "CN=bücher.example,O=\"A, B\"",
                "CN=Example CA",
                "0a1b2c",
                Instant.parse("2026-09-01T00:00:00Z"),
                Instant.parse("2026-11-29T23:59:59Z"),
                List.of("bücher.example", "*.bücher.example", "192.0.2.1"),
                3,
                "EC P-256",
                "SHA256withECDSA",
                "ab".repeat(32),
                Optional.of("cd".repeat(32)),
                Optional.of(List.of("serverAuth", "clientAuth")));
    }

    static LeafHistory history() {
        return LeafHistory.NONE.with(certificate(), NOW).with(certificate(), NOW.plusSeconds(60));
    }

    static Known known() {
        return new Known(true, Optional.of(new RenewalHabit(3, 0.3333, 2_592_000, 0.0021)));
    }

    static EagerMargins eager() {
        return EagerMargins.of(
                List.of(Policy.parse("{\"profile\": \"manual\"}"), Policy.parse("{\"warning\": \"50d\"}")));
    }

    static Finding finding() {
        return new Finding(
                FindingCode.EXPIRING,
                Status.WARNING,
                "The certificate ends in 8 days; \"renew\" it.\n\t\u0001",
                List.of("192.0.2.1:443"));
    }

    static CheckResult result() {
        var reached = new AddressReport(
                "192.0.2.1:443",
                "handshake-complete",
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.of("TLS_AES_128_GCM_SHA256"),
                List.of(certificate(), certificate()),
                42,
                Optional.of("h2"),
                true,
                true,
                true,
                Optional.of(new SctReport(2, 1)));
        var refused = new AddressReport(
                "[2001:db8::1]:443",
                "connection-refused",
                Optional.of("Connection refused"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1);
        return new CheckResult(
                        TARGET, NOW, new Verdict(Status.WARNING, List.of(finding())), List.of(reached, refused), 3)
                .lacking(List.of(new Unfetched(
                        Unfetched.REVOCATION_LIST, "http://crl.example/1.crl", "no answer within 5000 ms")));
    }

    static SslUnchanged unchanged() {
        var last = Target.parse("https://zebra.example");
        return new SslUnchanged(
                "daily#1003.2",
                Instant.parse("2026-11-21T13:37:00Z"),
                NOW,
                NOW.plusSeconds(2),
                TARGET,
                last,
                98,
                List.of(Target.parse("https://yacht.example")));
    }

    static TimerDue timer() {
        return new TimerDue(
                "reminder/inc_7d0c41f2/jane", "reminder", NOW.plusSeconds(345_600), Map.of("incident", "inc_7d0c41f2"));
    }

    static Notification notification(Channel channel) {
        return new Notification(
                "inc_1#jane#warning#abc",
                Notification.Kind.OPENED,
                OWNER,
                channel,
                TARGET,
                Status.WARNING,
                "inc_1",
                NOW.minusSeconds(60),
                NOW,
                List.of(finding()),
                Optional.of(certificate()),
                List.of(Target.parse("https://www.example")),
                2,
                List.of(new Notification.Line(
                        TARGET, Notification.Kind.REMINDER, Status.WARNING, "ends in 8 days", NOW.minusSeconds(60))),
                3,
                List.of(new Channel.Email("jane@example.com"), channel),
                Optional.of("The webhook answered 410."),
                List.of(channel),
                1,
                Optional.of(channel));
    }

    static Standing standing() {
        return new Standing(
                "1",
                TARGET,
                Status.WARNING,
                NOW.minusSeconds(60),
                NOW,
                List.of(finding()),
                Optional.of(certificate()),
                Optional.of(Cause.intermediate(certificate())),
                Optional.of(Cause.authority("CN=Example CA")),
                Optional.of(new Standing.Suspicion(Status.UNREACHABLE, NOW)),
                Optional.of(new Standing.Beginnings(List.of(new Standing.Beginning("expiring", NOW)))),
                List.of(finding()));
    }

    static Incident incident() {
        return new Incident(
                "inc_1",
                OWNER,
                Cause.of(TARGET),
                Status.WARNING,
                NOW.minusSeconds(60),
                Optional.of(NOW.minusSeconds(50)),
                Optional.of(NOW),
                Optional.of(answered().answer()),
                false,
                true,
                TARGET,
                List.of(finding()),
                Optional.of(certificate()),
                List.of(new Channel.Email("jane@example.com")),
                true);
    }

    static Decision decision() {
        return new Decision(
                1,
                "reminder-2",
                Notification.Kind.REMINDER,
                Status.WARNING,
                new Channel.Email("jane@example.com"),
                Decision.Outcome.HELD,
                "quiet-hours",
                NOW,
                Optional.of(NOW.plusSeconds(60)));
    }

    static IncidentAnswered answered() {
        return new IncidentAnswered(
                OWNER,
                Cause.of(TARGET).id(),
                "inc_1",
                new Incident.Answer(
                        Incident.Answer.Kind.SNOOZED, NOW, Optional.of("jane"), Optional.of(NOW.plusSeconds(60))));
    }

    static <T> CloudEvent<T> event(EventType type, T data) {
        return CloudEvent.of(
                type,
                "id-1",
                "ssl-checker",
                TARGET.id(),
                NOW,
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                data);
    }
}
