package dev.certtide.it;

import static org.awaitility.Awaitility.await;

import dev.certtide.it.stack.CerttideStack;
import dev.certtide.it.stack.SiteOwner;
import dev.certtide.it.stack.Stack;
import dev.certtide.model.event.EventType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After the cause is gone, dead letters are moved back and worked on. */
@CerttideStack
class DeadLettersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;

    DeadLettersIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void aMessageThatIsMovedBackIsWorkedOn() {
        var owner = stack.owner();
        var site = stack.expiredSite();
        stack.publish(SiteOwner.json(owner.event(EventType.URL_REMOVED, site.target())));
        stack.queues().awaitIdle(PATIENCE);
        // As if both functions had failed five times.
        var message = SiteOwner.json(owner.added(site.url()));
        for (var queue : List.of("url-registry", "ssl-checker")) {
            stack.sqs().sendMessage(request -> request.queueUrl(stack.queues().url(queue + "-dlq"))
                    .messageBody(message));
            // Named, since SQS does not know where a message comes from that was sent to the dead-letter queue
            // directly.
            stack.sqs().startMessageMoveTask(request -> request.sourceArn(
                            stack.queues().arn(queue + "-dlq"))
                    .destinationArn(stack.queues().arn(queue)));
        }
        await().atMost(PATIENCE).until(() -> owner.calls().size() == 1);
    }
}
