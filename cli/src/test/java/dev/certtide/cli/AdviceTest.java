package dev.certtide.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
    @Test
    void itIsWhatThePageSaysInPlainText() {
        assertEquals(
                "Install the full chain (fullchain.pem, not cert.pem).",
                Advice.on(FindingCode.INCOMPLETE_CHAIN).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void everyCodeThatThePageExplainsHasSome(FindingCode code) throws IOException {
        var page = Files.readString(Path.of(System.getProperty("certtide.home"), "docs", "findings.md"));

        assertEquals(page.contains("### `" + code.code() + "`\n"), Advice.on(code).isPresent());
        Advice.on(code).ifPresent(advice -> assertTrue(advice.endsWith(".") && !advice.contains("`"), advice));
    }
}
