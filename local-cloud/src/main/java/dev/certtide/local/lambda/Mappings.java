package dev.certtide.local.lambda;

import dev.certtide.local.meter.Meter;
import dev.certtide.local.sqs.Queues;
import dev.certtide.local.template.MappingSpec;
import dev.certtide.local.template.Place;
import java.time.Duration;
import java.util.List;

/** The event source mappings of a template, at work. */
public final class Mappings implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Poller> pollers;

    public Mappings(List<MappingSpec> mappings, Place place, Queues queues, Functions functions, Meter meter) {
        pollers = mappings.stream()
                .filter(MappingSpec::enabled)
                .map(mapping -> new Poller(
                        mapping, place, queues, event -> functions.invoke(mapping.functionName(), event), meter))
                .toList();
    }

    /** Stops receiving, and gives the batches that are being handled a few seconds to finish. */
    @Override
    public void close() {
        pollers.forEach(Poller::stop);
        try {
            for (var poller : pollers) poller.awaitStop(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
