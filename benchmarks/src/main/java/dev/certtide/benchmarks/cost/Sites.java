package dev.certtide.benchmarks.cost;

import dev.certtide.benchmarks.SiteFiles;
import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Identity;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.TlsServer;
import dev.certtide.farm.Validity;
import dev.certtide.model.Target;
import dev.certtide.model.schedule.Cadence;
import dev.certtide.model.schedule.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** TLS servers on this machine, each with a name and a certificate of its own, in groups whose daily slots are of one minute. */
final class Sites implements AutoCloseable {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final Duration LEFT = Duration.ofDays(60);

    private final SiteFiles files = new SiteFiles();
    private final Instant now;
    private final CertificateAuthority authority;
    private final List<Site> sites;

    private record Site(Group group, Target target, TlsServer server) {}

    /**
     * Sites that are due together.
     *
     * @param minute in which they are, every day
     */
    record Group(int sites, Instant minute) {}

    Sites(Group... groups) throws IOException {
        now = groups[0].minute();
        authority = CertificateAuthority.create("Certtide benchmark", now);
        sites = Arrays.stream(groups)
                .flatMap(group -> IntStream.range(0, group.sites()).mapToObj(i -> site(group, i)))
                .toList();
        Files.writeString(files.rootPem(), authority.rootPem());
        Files.writeString(
                files.hosts(),
                sites.stream()
                        .map(site -> "127.0.0.1 " + site.target().host() + "\n")
                        .collect(Collectors.joining()));
    }

    /** The port is part of a target, and so of its slot: the server comes first and the name is made to fit. */
    private Site site(Group group, int number) {
        var due = Slot.dueAt(group.minute(), Cadence.DAILY);
        // The certificate is for all the names that are tried.
        var domain = "site-" + number + ".cost.certtide.test";
        var server = TlsServer.start(issue(domain));
        var target = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Target.parse("https://n" + i + "." + domain + ":" + server.port()))
                .filter(one -> due.contains(Slot.of(one, Cadence.DAILY)))
                .findFirst()
                .orElseThrow();
        return new Site(group, target, server);
    }

    private Identity issue(String domain) {
        return authority.issue(LeafRequest.forName("*." + domain, Validity.withLeft(now, LIFETIME, LEFT)));
    }

    List<Target> targets(Group group) {
        return sites.stream()
                .filter(site -> site.group().equals(group))
                .map(Site::target)
                .toList();
    }

    /** The sites of that group present other certificates from now on. */
    void renew(Group group) {
        sites.stream().filter(site -> site.group().equals(group)).forEach(site -> site.server()
                .present(issue(
                        site.target().host().substring(site.target().host().indexOf('.') + 1))));
    }

    SiteFiles files() {
        return files;
    }

    /** What lets the functions come here. */
    Map<String, String> environment() {
        // They are as many servers, which happen to be on one machine.
        return files.environment(Map.of("CERTTIDE_MOST_PER_NETWORK", "1000"));
    }

    @Override
    public void close() throws IOException {
        sites.forEach(site -> site.server().close());
        files.close();
    }
}
