package dev.certtide.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.fuzz.Bound;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.NewUrlMessage;
import dev.certtide.model.event.NewUrlMessage.Element;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Tables of URLs, out of whatever program. */
class UrlSheetFuzzTest {
    private static final int LONGEST_COMPLAINT = 1_000;
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @FuzzTest
    void rows(byte[] csv) throws IOException {
        Bound.holds(() -> {
            try {
                UrlSheet sheet = new UrlSheet(new NumberedLines(new ByteArrayInputStream(csv)), "urls.csv");
                for (Optional<UrlSheet.Row> row = sheet.next(); row.isPresent(); row = sheet.next()) {
                    look(row.get());
                }
            } catch (InvalidInputException e) {
                complaint(e.getMessage());
            }
        });
    }

    private static void look(UrlSheet.Row row) {
        switch (row) {
            case UrlSheet.Row.Blank _ -> {}
            case UrlSheet.Row.Broken(long line, String problem) -> complaint(problem);
            case UrlSheet.Row.Cells(long line, var cells) -> {
                try {
                    for (String event : UrlRow.events(cells, "owner", "id", NOW)) {
                        Bound.require(
                                NewUrlMessage.parse(event).getFirst() instanceof Element.Accepted,
                                "it is sent and refused: " + event);
                    }
                } catch (InvalidInputException e) {
                    complaint(e.getMessage());
                }
            }
        }
    }

    private static void complaint(String text) {
        Bound.require(text.length() <= LONGEST_COMPLAINT, "a complaint of " + text.length() + " characters");
    }
}
