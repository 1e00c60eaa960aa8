package dev.certtide.fuzz;

import dev.certtide.farm.Issuer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Owner;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.Verdict;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.Ending;
import dev.certtide.probe.judge.Reports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Messages, names of targets and answers of name servers. */
final class MessageSeeds {
    private static final Target TARGET = Target.parse("https://" + SignedChain.HOST);

    private final Seeds seeds;

    private MessageSeeds(Seeds seeds) {
        this.seeds = seeds;
    }

    static void write(Seeds seeds) throws IOException, GeneralSecurityException {
        MessageSeeds more = new MessageSeeds(seeds);
        more.targets();
        more.messages();
        more.answers();
    }

    private void targets() throws IOException {
        List<String> urls = List.of(
                "https://example.com",
                "smtp://mx.example.com:587/path?query#fragment",
                "https://[2001:db8::1]:8443",
                "bücher.example:443",
                "https://user:secret@example.com",
                "https://xn--bcher-kva.example.",
                "192.0.2.1",
                "under_score.example.com");
        for (int i = 0; i < urls.size(); i++) {
            seeds.put("fuzz/Target/url", "url-" + i, urls.get(i));
        }
        String name = "0123456789abcdef0123456789abcdef01234567";
        seeds.put("fuzz/Target/id", "public", "https://example.com:443");
        seeds.put("fuzz/Target/id", "private", "smtp://roots-" + name + "@mx.example.com:587");
        seeds.put("fuzz/Target/id", "private-v6", "https://roots-" + name + "@2001:db8::1:8443");
        seeds.put("fuzz/Target/address", "v4", "192.0.2.1");
        seeds.put("fuzz/Target/address", "v6", "2001:db8::1");
        seeds.put("fuzz/Target/address", "mapped", "::ffff:192.0.2.1");
        seeds.put("fuzz/Target/networks", "v4", "10.0.0.0/8");
        seeds.put("fuzz/Target/networks", "v6", "2001:db8::/32");
        seeds.put("fuzz/Target/networks", "ports", "443,8000-8999");
    }

    private void messages() throws IOException, GeneralSecurityException {
        String bare = "{\"url\": \"https://example.com\", \"owner\": 42, \"email\": \"jane@example.com\"}";
        String added = """
                {"specversion": "1.0", "id": "1", "source": "app", "type": "dev.certtide.url.added.v1",
                 "time": "2026-11-21T13:00:00Z", "data": {"url": "https://example.com", "owner": "42",
                 "externalId": "s", "tags": ["shop"], "name": "Jane", "locale": "en", "plan": "pro", "channels":
                 [{"type": "email", "address": "jane@example.com"}, {"type": "webhook", "url": "https://example.com/h"}]}}
                """;
        seeds.put("fuzz/Messages/newUrl", "bare", bare);
        seeds.put("fuzz/Messages/newUrl", "added", added);
        seeds.put("fuzz/Messages/newUrl", "removed", added.replace("added", "removed"));
        seeds.put(
                "fuzz/Messages/newUrl",
                "batch",
                "[" + bare + "," + added.replace("added", "paused") + ",null,{\"a\": 1}]");
        Validity year = Validity.withLeft(SignedChain.NOW, Duration.ofDays(365), Duration.ofDays(365));
        String roots = Issuer.root("Private CA", year).pem();
        seeds.put("fuzz/Messages/privateRoots", "one", roots);
        seeds.put(
                "fuzz/Messages/privateRoots",
                "two",
                "# Ours\n" + roots + Issuer.root("Another", year).pem().replace("\n", "\r\n"));
        seeds.put(
                "fuzz/Messages/privateRoots", "key", "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n");
        seeds.put(
                "fuzz/Messages/newUrl",
                "private",
                bare.replace("\"owner\"", "\"privateRoots\": \"" + roots.replace("\n", "\\n") + "\", \"owner\""));
        seeds.put("fuzz/Messages/anyJson", "all", "[{\"a\\u00e4\": [1, -2.5e3, true, null, \"\\ud83d\\ude00\"]}]");
        AddressFacts facts = new AddressFacts(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 443),
                new Ending.Completed("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
                SignedChain.of(new Parts(List.of())),
                Duration.ofMillis(20));
        List<Finding> findings =
                List.of(new Finding(FindingCode.EXPIRED, Status.CRITICAL, "Renew it now.", List.of("192.0.2.7:443")));
        CheckResult result = new CheckResult(
                TARGET, SignedChain.NOW, new Verdict(Status.CRITICAL, findings), List.of(Reports.of(facts)));
        seeds.put(
                "fuzz/Messages/sslResult",
                "one",
                CloudEvent.writeBatch(CheckResult.class, List.of(event(EventType.SSL_CHECKED, result))));
        seeds.put(
                "fuzz/Messages/recheckDue",
                "one",
                event(EventType.RECHECK_DUE, new RecheckDue("daily#1.0", List.of(new RecheckDue.Due(TARGET, true))))
                        .write());
        Notification notification = new Notification(
                "key",
                Notification.Kind.OPENED,
                Owner.DEFAULT,
                new Channel.Email("jane@example.com"),
                TARGET,
                Status.CRITICAL,
                "inc_1",
                SignedChain.NOW,
                SignedChain.NOW,
                findings,
                result.leaf());
        seeds.put(
                "fuzz/Messages/notification",
                "one",
                event(EventType.NOTIFICATION_DECIDED, notification).write());
    }

    private static <T> CloudEvent<T> event(EventType type, T data) {
        return CloudEvent.of(type, "1", "seed", TARGET.id(), SignedChain.NOW, Optional.empty(), data);
    }

    private void answers() throws IOException {
        Name name = Name.fromString(SignedChain.HOST + ".");
        Name other = Name.fromString("other.certtide.test.");
        Record a = new ARecord(name, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1"));
        Record aaaa = new AAAARecord(name, DClass.IN, 60, InetAddress.ofLiteral("2001:db8::1"));
        Record alias = new CNAMERecord(name, DClass.IN, 60, other);
        Record loop = new CNAMERecord(other, DClass.IN, 60, name);
        Record otherA = new ARecord(other, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.2"));
        String target = "probe/visit/Dns/packets";
        seeds.put(
                target,
                "both",
                packets(answer(name, Type.A, Rcode.NOERROR, a), answer(name, Type.AAAA, Rcode.NOERROR, aaaa)));
        seeds.put(
                target,
                "missing",
                packets(answer(name, Type.A, Rcode.NXDOMAIN), answer(name, Type.AAAA, Rcode.NXDOMAIN)));
        seeds.put(
                target,
                "failing",
                packets(answer(name, Type.A, Rcode.SERVFAIL), answer(name, Type.AAAA, Rcode.NOERROR, aaaa)));
        seeds.put(
                target,
                "alias",
                packets(answer(name, Type.A, Rcode.NOERROR, alias, otherA), answer(name, Type.AAAA, Rcode.NOERROR)));
        seeds.put(
                target,
                "alias-asked-for",
                packets(
                        answer(name, Type.A, Rcode.NOERROR, alias),
                        answer(name, Type.AAAA, Rcode.NOERROR, alias, loop),
                        answer(other, Type.A, Rcode.NOERROR, otherA),
                        answer(other, Type.AAAA, Rcode.NOERROR, loop)));
    }

    private static byte[] answer(Name name, int type, int code, Record... records) {
        Message answer = new Message(0);
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(code);
        answer.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        for (Record record : records) {
            answer.addRecord(record, Section.ANSWER);
        }
        return answer.toWire();
    }

    private static byte[] packets(byte[]... packets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            bytes.write(packet.length >> 8);
            bytes.write(packet.length);
            bytes.writeBytes(packet);
        }
        return bytes.toByteArray();
    }
}
