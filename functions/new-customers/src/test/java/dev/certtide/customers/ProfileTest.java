package dev.certtide.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.event.Customer;
import dev.certtide.model.event.UrlEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Instant START = Instant.parse("2026-11-21T13:00:00Z");

    private static final List<Profile> SAID = List.of(
            said(0, "shop.example", "jane@example.com", null, "free"),
            said(1, "blog.example", null, "Jane", null),
            said(2, "wiki.example", "jane@new.example", null, null),
            said(2, "docs.example", "jane@also-new.example", "J.", null),
            said(3, "shop.example", null, null, "pro"));

    @Test
    void everyOrderAndAnyRepetitionComesToTheSame() {
        var expected = SAID.stream().reduce(Profile::with).orElseThrow();
        for (var order : orders(SAID)) {
            assertEquals(expected, order.stream().reduce(Profile::with).orElseThrow());
            var twice = Stream.concat(order.stream(), SAID.stream());
            assertEquals(expected, twice.reduce(Profile::with).orElseThrow());
        }
    }

    @Test
    void theEarliestEventIsTheSignUpAndTheNewestThatSaysAThingIsRight() {
        var profile = SAID.stream().reduce(Profile::with).orElseThrow();
        assertEquals(START, profile.signedUpAt());
        assertEquals("https://shop.example:443", profile.firstTarget());
        assertEquals(
                new Customer(Optional.of("jane@new.example"), Optional.of("J."), Optional.empty(), Optional.of("pro")),
                profile.customer());
    }

    @Test
    void anItemIsReadAsItWasWritten() {
        var profile = SAID.stream().reduce(Profile::with).orElseThrow();
        assertEquals(profile, Profile.read(profile.item()));
        assertEquals(SAID.getFirst(), Profile.read(SAID.getFirst().item()));
    }

    private static List<List<Profile>> orders(List<Profile> some) {
        if (some.size() < 2) {
            return List.of(some);
        }
        return IntStream.range(0, some.size())
                .boxed()
                .flatMap(i -> {
                    var others = new ArrayList<>(some);
                    var first = others.remove((int) i);
                    return orders(others).stream().map(order -> Stream.concat(Stream.of(first), order.stream())
                            .toList());
                })
                .toList();
    }

    private static Profile said(int minute, String url, String email, String name, String plan) {
        var at = START.plusSeconds(60L * minute);
        return Profile.of(
                new UrlEvent.Added(
                        new UrlEvent.Origin("id-" + minute, "tests", Optional.of(at), Optional.empty()),
                        Target.parse(url),
                        new Owner("jane"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Customer(
                                Optional.ofNullable(email),
                                Optional.ofNullable(name),
                                Optional.empty(),
                                Optional.ofNullable(plan))),
                at);
    }
}
