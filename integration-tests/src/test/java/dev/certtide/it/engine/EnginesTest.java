package dev.certtide.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EnginesTest {
    @Test
    void localStackWithoutDockerIsRefusedInASentenceThatSaysWhatToDo() {
        var refused = assertThrows(IllegalStateException.class, () -> Engines.choose("localstack", () -> false));
        assertEquals(
                "-Dcerttide.aws=localstack needs Docker, which does not answer here: start it,"
                        + " or run the tests with -Dcerttide.aws=embedded.",
                refused.getMessage());
    }

    @Test
    void localStackIsTakenWhenDockerIsThere() {
        assertInstanceOf(LocalStackEngine.class, Engines.choose("localstack", () -> true));
        assertInstanceOf(LocalStackEngine.class, Engines.choose("auto", () -> true));
    }

    @Test
    void theEmbeddedEngineNeedsNoDockerAndDoesNotAskForIt() {
        assertInstanceOf(EmbeddedEngine.class, Engines.choose("auto", () -> false));
        assertInstanceOf(EmbeddedEngine.class, Engines.choose("embedded", () -> {
            throw new AssertionError("asked for Docker");
        }));
    }

    @Test
    void anUnknownEngineIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Engines.choose("moto", () -> true));
        assertEquals("-Dcerttide.aws=moto is not known; use embedded, localstack or auto.", refused.getMessage());
    }
}
