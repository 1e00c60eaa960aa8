package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
    private static final int KIB = 1024;

    @ParameterizedTest
    @CsvSource({
        "0, 1, ''",
        "1, 1, 1",
        "10, 1, 10",
        "11, 1, 10 1",
        "25, 1, 10 10 5",
        "10, 25, 10",
        "10, 26, 9 1",
        "4, 64, 4",
        "5, 64, 4 1",
        "3, 128, 2 1",
        "3, 256, 1 1 1",
        "2, 300, 1 1",
    })
    void aRequestHoldsAtMostTenEntriesAnd256KiB(int messages, int kib, String sizes) {
        var packed = pack(Collections.nCopies(messages, "x".repeat(kib * KIB)));
        assertEquals(
                sizes,
                String.join(
                        " ",
                        packed.stream().map(List::size).map(String::valueOf).toList()));
    }

    @Test
    void bytesCountAndNotCharacters() {
        // 128 Ki characters of two bytes each fill a request.
        assertEquals(2, pack(List.of("ü".repeat(128 * KIB), "x")).size());
        assertEquals(4, Requests.bytes("💩"));
    }

    @Test
    void everythingIsSentOnceInItsOrderAndNoRequestIsEmpty() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var messages = Stream.generate(() -> "x".repeat(random.nextInt(random.nextInt(100 * KIB) + 1)))
                    .limit(random.nextInt(60))
                    .toList();
            var packed = pack(messages);
            assertEquals(messages, packed.stream().flatMap(List::stream).toList(), "seed " + seed);
            assertTrue(packed.stream().noneMatch(List::isEmpty), "seed " + seed);
            assertTrue(
                    packed.stream()
                            .allMatch(request -> request.size() <= 10
                                    && request.stream().mapToInt(String::length).sum() <= 256 * KIB),
                    "seed " + seed);
        }
    }

    @Test
    void packsOfAnySizeAreBoundInNumberAndInBytes() {
        var packs = Stream.of("aaa", "b", "cc", "d", "eeeeeeeee", "f")
                .gather(Requests.packs(2, 4, String::length))
                .toList();
        assertEquals(List.of(List.of("aaa", "b"), List.of("cc", "d"), List.of("eeeeeeeee"), List.of("f")), packs);
    }

    private static List<List<String>> pack(List<String> messages) {
        return messages.stream().gather(Requests.of(Requests::bytes)).toList();
    }
}
