package dev.certtide.probe.visit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.facts.AddressFacts;
import dev.certtide.probe.facts.HostFacts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Visits of servers on this machine, whatever their names. */
final class LocalVisits {
    static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);

    private LocalVisits() {}

    /** What a visit of the target's port on 127.0.0.1 sees. */
    static AddressFacts visit(Target target, Duration deadline, TlsEngine engine) {
        HostFacts facts = new Probe(
                        _ -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                        LOOPBACK,
                        deadline,
                        Optional.empty(),
                        Optional.empty(),
                        engine,
                        Turnstile.OPEN)
                .visit(target, new Countdown(deadline));
        return assertInstanceOf(HostFacts.Visited.class, facts).addresses().getFirst();
    }
}
