package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.model.CheckResult;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Status;
import dev.certtide.model.Target;
import dev.certtide.model.event.CloudEvent;
import dev.certtide.model.event.EventType;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import dev.certtide.model.event.Notification;
import dev.certtide.model.event.RecheckDue;
import dev.certtide.model.event.SslUnchanged;
import dev.certtide.model.event.TimerDue;
import dev.certtide.model.event.WatchAdded;
import dev.certtide.model.incident.IncidentAnswered;
import dev.certtide.model.json.Json;
import dev.certtide.model.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What comes in by topics and queues. */
class MessagesFuzzTest {
    private static final int LONGEST_COMPLAINT = 500;

    @FuzzTest
    void newUrl(byte[] body) {
        Bound.holds(() -> refusing(() -> NewUrlMessage.parse(text(body)).forEach(MessagesFuzzTest::look)));
    }

    @FuzzTest
    void sslResult(byte[] body) {
        Bound.holds(() -> refusing(() -> {
            List<CloudEvent<CheckResult>> events = CloudEvent.readBatch(CheckResult.class, text(body));
            String written = CloudEvent.writeBatch(CheckResult.class, events);
            Bound.require(
                    events.equals(CloudEvent.readBatch(CheckResult.class, written)), "results come back as others");
        }));
    }

    @FuzzTest
    void recheckDue(byte[] body) {
        Bound.holds(() -> refusing(() -> comesBack(RecheckDue.class, text(body))));
    }

    @FuzzTest
    void notification(byte[] body) {
        Bound.holds(() -> refusing(() -> comesBack(Notification.class, text(body))));
    }

    /** Whatever comes to a queue that takes events of several types, which are told apart first. */
    @FuzzTest
    void anyEvent(byte[] body) {
        Bound.holds(() -> refusing(() -> {
            String text = text(body);
            switch (CloudEvent.typeOf(text, EventType.values())) {
                case SSL_UNCHANGED -> CloudEvent.readBatch(SslUnchanged.class, text);
                case WATCH_ADDED -> comesBack(WatchAdded.class, text);
                case INCIDENT_ANSWERED -> comesBack(IncidentAnswered.class, text);
                case TIMER_DUE -> comesBack(TimerDue.class, text);
                default -> {
                    // These have targets of their own.
                }
            }
        }));
    }

    /** What an owner wants to be told: a field of {@code new_url}, and a file. */
    @FuzzTest
    void policy(byte[] json) {
        Bound.holds(() -> refusing(() -> {
            Policy policy = Policy.parse(text(json));
            Bound.require(policy.equals(Json.read(Policy.class, Json.write(policy))), "it comes back as another");
            Bound.require(policy.over(Policy.NONE).over(policy).levels().equals(policy.levels()), "levels are lost");
            for (Status level : Status.values()) {
                policy.quietUntil(level, SignedChain.NOW)
                        .ifPresent(end -> Bound.require(
                                !end.isAfter(SignedChain.NOW.plus(Policy.LONGEST_QUIET)), "quiet until " + end));
            }
            policy.maintenanceUntil(SignedChain.NOW)
                    .ifPresent(end -> Bound.require(end.isAfter(SignedChain.NOW), "over since " + end));
            policy.digest()
                    .map(digest -> digest.next(SignedChain.NOW))
                    .ifPresent(next -> Bound.require(next.isAfter(SignedChain.NOW), "a summary at " + next));
        }));
    }

    /** The text of one field of {@code new_url}. */
    @FuzzTest
    void privateRoots(byte[] pem) {
        Bound.holds(() -> refusing(() -> {
            PrivateRoots roots = PrivateRoots.parse(text(pem));
            PrivateRoots again = PrivateRoots.parse(roots.pem());
            Bound.require(roots.equals(again) && roots.name().equals(again.name()), "they come back as others");
            Bound.require(PrivateRoots.isName(roots.name()), roots.name() + " is no name");
        }));
    }

    @FuzzTest
    void anyJson(byte[] body) {
        Bound.holds(() -> refusing(() -> {
            Object tree = Json.readTree(text(body));
            if (tree instanceof List || tree instanceof Map) {
                String written = Json.write(tree);
                try {
                    // Not the same: the parser rounds fractions, and 1e999 is a text when it comes back.
                    Json.readTree(written);
                } catch (InvalidInputException e) {
                    throw new AssertionError("what was read and written cannot be read again", e);
                }
            }
        }));
    }

    private static <T> void comesBack(Class<T> data, String text) {
        CloudEvent<T> event = CloudEvent.read(data, text);
        Bound.require(event.equals(CloudEvent.read(data, event.write())), "it comes back as another");
    }

    private static void look(Element element) {
        switch (element) {
            case Element.Accepted(var event) -> {
                Target target = event.target();
                Bound.require(target.equals(Target.ofId(target.id())), "the target comes back as another");
            }
            case Element.Rejected(String json, InvalidInputException reason) -> {
                Bound.require(!json.isEmpty(), "nothing to keep as a dead letter");
                complaint(reason);
            }
        }
    }

    private static void refusing(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidInputException e) {
            complaint(e);
        }
    }

    private static void complaint(InvalidInputException reason) {
        Bound.require(
                reason.getMessage().length() <= LONGEST_COMPLAINT,
                "a complaint of " + reason.getMessage().length() + " characters");
        Bound.require(!reason.problem().isEmpty(), "a complaint about nothing");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
