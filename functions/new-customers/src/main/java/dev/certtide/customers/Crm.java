package dev.certtide.customers;

import dev.certtide.customers.Customers.Welcomed;
import dev.certtide.kit.Claims;
import dev.certtide.kit.Claims.Claim;
import dev.certtide.kit.RetryLaterException;
import dev.certtide.model.InvalidInputException;
import dev.certtide.webhook.Endpoint;
import dev.certtide.webhook.WebhookSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells a CRM of each customer once and of each of their sites once: claim, send, done.
 *
 * <p>A crash between sending and recording leaves the claim to expire, and then the same is sent again with the same
 * {@code webhook-id}.
 */
final class Crm {
    /** Longer than the function's timeout of 30 s: whoever finds the lease ended knows that the sender is dead. */
    static final Duration LEASE = Duration.ofSeconds(40);

    /** A customer may add a site after years, and is no new customer then. */
    private static final Duration FOR_EVER = Duration.ofDays(36_525);

    /** Posts of one message that are under way at once: it may hold thousands of customers. */
    private static final int POSTS_AT_ONCE = 16;

    private final CrmWebhook webhook;
    private final Claims claims;
    private final Supplier<WebhookSender> newSender;
    private WebhookSender sender;

    /**
     * With claims in a table that forgets nothing.
     *
     * @param newSender asked once, when there is something to send: whoever has no CRM does not pay for the HTTP client
     */
    Crm(CrmWebhook webhook, Claims claims, Supplier<WebhookSender> newSender) {
        this.webhook = webhook;
        this.claims = claims;
        this.newSender = newSender;
    }

    private synchronized WebhookSender sender() {
        if (sender == null) {
            sender = newSender.get();
        }
        return sender;
    }

    private sealed interface Outcome {
        record Told() implements Outcome {}

        record KnownAlready() implements Outcome {}

        record Failed(RuntimeException why) implements Outcome {}
    }

    /**
     * Tells what has not been told, if there is a CRM.
     *
     * <p>What fails keeps nobody else from being told about: a failure is thrown when all has been tried, and one that may
     * go away before one that is final.
     *
     * @param told is given how much that was, if it was anything, and whatever failed beside it
     * @throws UncheckedIOException when something may be told another time
     * @throws RetryLaterException when somebody else is telling the same, or died while telling it
     * @throws InvalidInputException when the CRM refuses something for good
     */
    void tell(List<Welcomed> customers, LongConsumer told) {
        webhook.endpoint().ifPresent(endpoint -> tell(endpoint, customers, told));
    }

    private void tell(Endpoint endpoint, List<Welcomed> customers, LongConsumer told) {
        var created = attempts(endpoint, customers.stream().map(customer -> CustomerEvent.created(customer.profile())));
        // A CRM that does not know a customer can't take the sites.
        var sites = attempts(
                endpoint,
                IntStream.range(0, customers.size())
                        .filter(i -> !(created.get(i) instanceof Outcome.Failed))
                        .boxed()
                        .flatMap(i -> sites(customers.get(i))));
        var outcomes = Stream.concat(created.stream(), sites.stream()).toList();
        long count = outcomes.stream().filter(Outcome.Told.class::isInstance).count();
        if (count > 0) {
            told.accept(count);
        }
        outcomes.stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> ((Outcome.Failed) outcome).why())
                .min(Comparator.comparing(InvalidInputException.class::isInstance))
                .ifPresent(why -> {
                    throw why;
                });
    }

    private static Stream<CustomerEvent> sites(Welcomed customer) {
        return customer.sites().entrySet().stream()
                .map(site -> CustomerEvent.siteAdded(customer.profile(), site.getKey(), site.getValue()));
    }

    private List<Outcome> attempts(Endpoint endpoint, Stream<CustomerEvent> events) {
        return events.gather(Gatherers.mapConcurrent(POSTS_AT_ONCE, event -> attempt(endpoint, event)))
                .toList();
    }

    private Outcome attempt(Endpoint endpoint, CustomerEvent event) {
        try {
            return tell(endpoint, event) ? new Outcome.Told() : new Outcome.KnownAlready();
        } catch (RuntimeException failed) {
            return new Outcome.Failed(failed);
        }
    }

    private boolean tell(Endpoint endpoint, CustomerEvent event) {
        if (claims.isDone(event.key())) {
            return false; // A read is cheaper than a claim, and customers add many sites.
        }
        return switch (claims.claim(event.key(), LEASE)) {
            case Claim.Granted granted -> {
                send(endpoint, event, granted);
                claims.done(granted, FOR_EVER);
                yield true;
            }
            case Claim.Done _ -> false;
            case Claim.Held(var left) ->
                throw new RetryLaterException("The CRM is being told by another invocation", left);
        };
    }

    private void send(Endpoint endpoint, CustomerEvent event, Claim.Granted claim) {
        try {
            sender().send(endpoint, event.message());
        } catch (IOException failed) {
            claims.release(claim);
            throw new UncheckedIOException(failed);
        } catch (RuntimeException failed) {
            claims.release(claim);
            throw failed;
        }
    }
}
