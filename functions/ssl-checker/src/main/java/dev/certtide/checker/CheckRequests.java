package dev.certtide.checker;

import dev.certtide.kit.Claims;
import dev.certtide.model.Target;
import dev.certtide.model.event.UrlEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which targets {@code new_url} wants checked now.
 *
 * <p>Whoever asks for a check again and again, or for one target on behalf of many owners, gets one check a minute. A new
 * or resumed watch is checked always, since its owner has no result yet: a claim for each would cost a write for each
 * sign-up, to save what hardly ever happens. But of a backend that repeats itself a million times in an hour each process
 * checks {@link Repetitions a few a minute} only, so that it makes no million handshakes with somebody else's server.
 */
final class CheckRequests {
    /**
     * How long one check answers for. Shorter than the queue's visibility timeout: the message of an invocation that died
     * comes back to a claim that has ended.
     */
    private static final Duration ONE_CHECK_FOR = Duration.ofMinutes(1);

    private final Claims claims;
    private final Repetitions repetitions;

    CheckRequests(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.repetitions = new Repetitions(clock);
    }

    /** Does {@code check} for the targets that these events want checked, unless none is left. */
    void withoutRepetitions(List<UrlEvent> events, Consumer<List<Target>> check) {
        var begun = new ArrayList<UrlEvent>();
        var asked = new LinkedHashSet<Target>();
        for (var event : events) {
            switch (event) {
                case UrlEvent.Added _, UrlEvent.Resumed _ -> {
                    if (!repetitions.areEnough(event)) {
                        begun.add(event);
                    }
                }
                case UrlEvent.CheckRequested _ -> asked.add(event.target());
                case UrlEvent.Removed _, UrlEvent.Paused _ -> {}
            }
        }
        var always = begun.stream().map(UrlEvent::target).collect(Collectors.toCollection(LinkedHashSet::new));
        asked.removeAll(always);
        var granted = new ArrayList<Claims.Claim.Granted>();
        try {
            var targets = targets(always, asked, granted);
            if (!targets.isEmpty()) {
                check.accept(targets);
            }
            repetitions.count(begun);
        } catch (RuntimeException failed) {
            // The message comes back, and must find its targets unclaimed.
            granted.forEach(claim -> claims.release(claim, failed));
            throw failed;
        }
    }

    private List<Target> targets(Set<Target> always, Set<Target> asked, List<Claims.Claim.Granted> granted) {
        var targets = new ArrayList<>(always);
        for (var target : asked) {
            if (claims.claim("check#" + target.id(), ONE_CHECK_FOR) instanceof Claims.Claim.Granted claim) {
                granted.add(claim);
                targets.add(target);
            }
        }
        return targets;
    }
}
