package dev.certtide.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a stranger writes, it is a policy or a complaint with a place. */
class SpoiltPolicyTest {
    private static final String FULL = """
            {"profile": "manual", "warning": "25%, at most 30d", "critical": "7d", "ignore": ["weak-cipher"],
             "remindEvery": "4d",
             "escalation": {"after": "4h", "channels": [{"type": "email", "address": "boss@example.com"}]},
             "quietHours": [{"days": ["sat", "sun"], "from": "22:00", "to": "07:00", "zone": "UTC", "except": "critical"}],
             "maintenance": [{"from": "2026-11-21T20:00:00Z", "to": "2026-11-21T22:00:00Z", "note": "storage"}],
             "digest": {"every": "weekly", "day": "mon", "at": "08:00", "zone": "UTC", "upTo": "warning"},
             "levels": {"email": "critical", "webhook:https://example.com/s3cret": "warning"}, "mostAtOnce": 5}""";

    @Property(tries = 3_000)
    void aSpoiltPolicyIsReadOrRefusedWithItsPlaceAndNothingElse(
            @ForAll("values") Object value, @ForAll("places") int place) {
        var spoilt = new Spoiling(place, value).of(Json.readTree(FULL));
        try {
            var policy = PolicyReader.asked("policy", spoilt);
            assertEquals(policy, Json.read(Policy.class, Json.write(policy)));
        } catch (InvalidInputException refused) {
            assertTrue(refused.field().matches("policy([.\\[][A-Za-z0-9_\\]-]+)*"), refused.getMessage());
            assertTrue(!refused.getMessage().contains("s3cret"), refused.getMessage());
        }
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        0L,
                        -1L,
                        Long.MAX_VALUE,
                        0.5,
                        1e300,
                        true,
                        List.of(),
                        Map.of(),
                        List.of(List.of()),
                        Arrays.asList((Object) null),
                        Map.of("a", 1L),
                        Map.of("type", "email"),
                        Map.of("type", "slack", "name", 7L),
                        Map.of("type", 7L),
                        "",
                        " ",
                        "-",
                        "999999999d",
                        "25%,",
                        "99:99",
                        "+18:00",
                        "\u0000",
                        "+1000000000-12-31T23:59:59Z",
                        "-999999999-01-01T00:00:00+18:00",
                        "2026-11-21T20:00:00Z"),
                Arbitraries.strings().ofMaxLength(12).map(Object.class::cast));
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 45);
    }

    /** Puts a value in place of one of the values, counted in the order of the text. */
    private static final class Spoiling {
        private final Object value;
        private int left;

        Spoiling(int place, Object value) {
            this.left = place;
            this.value = value;
        }

        Object of(Object tree) {
            if (left-- == 0) {
                return value;
            }
            return switch (tree) {
                case Map<?, ?> fields -> {
                    var copy = new LinkedHashMap<Object, Object>();
                    fields.forEach((name, field) -> copy.put(name, of(field)));
                    yield copy;
                }
                case List<?> items -> {
                    var copy = new ArrayList<Object>();
                    items.forEach(item -> copy.add(of(item)));
                    yield copy;
                }
                case null -> null;
                default -> tree;
            };
        }
    }
}
