package dev.certtide.probe;

import dev.certtide.farm.FarmHost;
import dev.certtide.farm.TlsFarm;
import dev.certtide.model.Target;
import dev.certtide.model.address.AddressGuard;
import dev.certtide.model.address.Ports;
import dev.certtide.probe.fetch.WebEvidence;
import dev.certtide.probe.trust.TrustAnchors;
import dev.certtide.probe.visit.Resolver;
import dev.certtide.probe.visit.TlsEngine;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A farm of real servers on loopback, and checkers that trust it, by every engine that there is. */
@ParameterizedClass
@MethodSource("dev.certtide.probe.Engines#all")
abstract class FarmChecks {
    @Parameter
    TlsEngine engine;

    private static final AddressGuard LOOPBACK =
            AddressGuard.strict().allowingNetworks("127.0.0.0/8").allowingPorts(Ports.ALL);
    private static final WebEvidence EVIDENCE = WebEvidence.guarded(Resolver.system(), LOOPBACK);
    static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

    @TempDir
    private static Path folder;

    static TlsFarm farm;

    @BeforeAll
    static void startFarm() {
        farm = TlsFarm.start(NOW);
    }

    @AfterAll
    static void stopFarm() {
        farm.close();
    }

    TlsChecker.Builder farmChecker() throws Exception {
        Path hosts = farm.writeHostsFile(folder.resolve("hosts"));
        Path roots = farm.writeRootPem(folder.resolve("root.pem"));
        return local().resolver(Resolver.system().after(hosts))
                .anchors(TrustAnchors.ofMozilla().and(roots));
    }

    TlsChecker.Builder farmChecker(Resolver resolver) {
        return local().resolver(resolver)
                .anchors(TrustAnchors.of(List.of(farm.authority().root().certificate())));
    }

    private TlsChecker.Builder local() {
        return TlsChecker.builder().engine(engine).guard(LOOPBACK).evidence(EVIDENCE);
    }

    static Target target(FarmHost host) {
        return Target.parse(host.url());
    }

    static InetAddress ip(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
