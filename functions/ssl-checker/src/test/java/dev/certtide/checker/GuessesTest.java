package dev.certtide.checker;

import static dev.certtide.checker.DeployedChecker.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certtide.farm.HostKind;
import dev.certtide.farm.TlsFarm;
import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import dev.certtide.model.CheckResult;
import dev.certtide.model.FindingCode;
import dev.certtide.model.Target;
import dev.certtide.model.Unfetched;
import dev.certtide.model.event.RecheckDue.Due;
import dev.certtide.model.history.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server whose intermediate can be fetched in one process and not in the next. Each message has a process of its own. */
@ExtendWith(Engines.class)
class GuessesTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);

    private final TlsFarm farm = TlsFarm.start();
    private final Target target =
            Target.parse(farm.host(HostKind.INTERMEDIATE_ELSEWHERE).url());
    private DeployedChecker checker;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs, @TempDir Path folder) throws IOException {
        checker = new DeployedChecker(dynamoDb, sqs, folder)
                .with(
                        "CERTTIDE_HOSTS_FILE",
                        farm.writeHostsFile(folder.resolve("farm")).toString());
    }

    @AfterEach
    void stop() {
        checker.close();
        farm.close();
    }

    @Test
    void anIssuerThatCannotBeFetchedThisTimeMakesNoOtherResult() {
        var known = check(Optional.empty()).getFirst();
        assertEquals(List.of(FindingCode.UNTRUSTED_ROOT), known.verdict().codes());

        // What is not the server's port is not visited, nor is what the certificate refers to.
        checker.with("CERTTIDE_ALLOWED_PORTS", Integer.toString(target.port()));
        var guess = check(Optional.empty()).getFirst();
        assertEquals(List.of(FindingCode.INCOMPLETE_CHAIN), guess.verdict().codes());
        assertEquals(Unfetched.ISSUER, guess.unfetched().getFirst().kind());

        assertEquals(List.of(), check(Optional.of(Outcome.of(known))));
        assertEquals(1, checker.unchanged().unchanged());
        assertEquals(List.of(), check(Optional.of(Outcome.of(guess))));

        checker.with("CERTTIDE_ALLOWED_PORTS", "1-65535");
        assertEquals(
                List.of(FindingCode.UNTRUSTED_ROOT),
                check(Optional.of(Outcome.of(guess))).getFirst().verdict().codes(),
                "what is known by now is told");
    }

    private List<CheckResult> check(Optional<Outcome> last) {
        checker.topic().requests().clear();
        var due = new Due(target, true, Optional.empty(), last);
        assertEquals(List.of(), checker.recheck(message(List.of(due)), PLENTY));
        return checker.results();
    }
}
