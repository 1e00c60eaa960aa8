package dev.certtide.cli.demo;

import dev.certtide.farm.FarmFiles;
import dev.certtide.farm.FarmHost;
import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A farm of TLS servers, good and bad, an owner who watches them, and the owner's mailbox and webhook. */
public final class Demo implements AutoCloseable {
    private static final Set<HostKind> SHOWN = EnumSet.of(
            HostKind.GOOD,
            HostKind.EXPIRING,
            HostKind.EXPIRED,
            HostKind.WRONG_HOST,
            HostKind.SELF_SIGNED,
            HostKind.UNTRUSTED_ROOT,
            HostKind.INCOMPLETE_CHAIN,
            HostKind.REFUSING,
            HostKind.SLOW);

    private static final String ALL = "all";

    private final Set<HostKind> watched;
    private final TlsFarm farm;
    private final FarmFiles files;
    private final Mailbox mailbox;
    private final WebhookReceiver webhook;
    private volatile Consumer<String> lines = line -> {};
    private ResultFeed results;

    private Demo(Set<HostKind> watched) throws IOException {
        this.watched = watched;
        farm = TlsFarm.start();
        files = FarmFiles.write(farm, Optional.empty());
        mailbox = Mailbox.open(mail -> lines.accept("mail     " + mail));
        webhook = WebhookReceiver.open(call -> lines.accept("webhook  " + call));
    }

    /** Starts servers, mailbox and webhook. */
    public static Demo prepare(Set<HostKind> watched) throws IOException {
        return new Demo(watched);
    }

    /**
     * The kinds of hosts to watch: those of these labels, every one for {@code all}, a few of them if nothing is said.
     *
     * @throws InvalidInputException if there is no such kind
     */
    public static Set<HostKind> kinds(List<String> labels) {
        if (labels.isEmpty()) {
            return SHOWN;
        }
        Set<HostKind> kinds = EnumSet.noneOf(HostKind.class);
        for (var label : labels) {
            var named = Arrays.stream(HostKind.values())
                    .filter(kind -> label.equals(ALL) || label.equals(kind.label()))
                    .toList();
            if (named.isEmpty()) {
                throw new InvalidInputException(
                        "--demo-hosts", "there is no kind '" + label + "'; certtide farm lists them");
            }
            kinds.addAll(named);
        }
        return kinds;
    }

    /** The variables with which the functions find the farm and may visit it. */
    public Map<String, String> environment() {
        return environment(files);
    }

    static Map<String, String> environment(FarmFiles files) {
        return Map.of(
                "CERTTIDE_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
                "CERTTIDE_ALLOWED_PORTS", "1-65535",
                "CERTTIDE_HOSTS_FILE", files.names().toString(),
                "CERTTIDE_CA_FILE", files.root().toString(),
                "CERTTIDE_CHECK_TIMEOUT", "3",
                "CERTTIDE_CONFIRM_AFTER", "2");
    }

    /** Publishes the hosts, and prints each result and each notification as a line. */
    public void begin(URI endpoint, Consumer<String> print) {
        lines = print;
        var backend = new DemoBackend(endpoint);
        backend.configure(mailbox.port(), webhook.key());
        results = backend.follow(result -> lines.accept("result   " + result));
        backend.publish(hosts(), webhook.url());
    }

    private List<FarmHost> hosts() {
        return farm.hosts().stream()
                .filter(host -> watched.contains(host.kind()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        if (results != null) {
            results.close();
        }
        webhook.close();
        mailbox.close();
        farm.close();
        files.close();
    }
}
