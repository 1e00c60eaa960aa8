package dev.certtide.simulation;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Channel;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.incident.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** All there is outside: hosts, authorities, and those who watch. */
final class World {
    private final Agenda agenda;
    private final Story story;
    private final Random random;
    private final Certificates certificates = new Certificates();
    private final Map<Target, Host> hosts = new LinkedHashMap<>();
    private final Map<Owner, Client> clients = new LinkedHashMap<>();
    private final List<CertificateReport> intermediates = new ArrayList<>();
    private final Set<String> revoked = new HashSet<>();
    private final Set<String> distrusted = new HashSet<>();
    private final Judge judge = new Judge(revoked, distrusted);
    private boolean isCalm;

    World(Agenda agenda, Story story, Random random) {
        this.agenda = agenda;
        this.story = story;
        this.random = random;
    }

    Agenda agenda() {
        return agenda;
    }

    Story story() {
        return story;
    }

    Random random() {
        return random;
    }

    Certificates certificates() {
        return certificates;
    }

    Map<Target, Host> hosts() {
        return hosts;
    }

    Map<Owner, Client> clients() {
        return clients;
    }

    /** Those that were ever in use; the last one is the one to take. */
    List<CertificateReport> intermediates() {
        return intermediates;
    }

    Set<String> revoked() {
        return revoked;
    }

    Set<String> distrusted() {
        return distrusted;
    }

    /** Whether nothing happens any more, and all is well. */
    boolean isCalm() {
        return isCalm;
    }

    void calmDown() {
        isCalm = true;
    }

    CheckResult check(Host host) {
        return judge.check(host, agenda.instant());
    }

    /** What a check comes to, or would have come to then, had the host been as it is. */
    CheckResult check(Host host, Instant at) {
        return judge.check(host, at);
    }

    /** The causes of trouble that many hosts may share. */
    List<Cause> sharedCauses() {
        var causes = new ArrayList<Cause>();
        intermediates.forEach(intermediate -> {
            causes.add(Cause.intermediate(intermediate));
            causes.add(Cause.authority(intermediate.issuer()));
        });
        return causes.stream().distinct().toList();
    }

    /** Whether a chance of one in so many comes. */
    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** Names an owner's channel. */
    static String ear(Owner owner, Channel channel) {
        return owner + " by " + channel.id();
    }
}
