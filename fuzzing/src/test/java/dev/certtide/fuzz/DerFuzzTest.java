package dev.certtide.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import java.util.Arrays;
import java.util.List;

class DerFuzzTest {
    private static final int DEEPEST = 40;

    @FuzzTest
    void everyElementIsReadOrRefused(byte[] bytes) {
        Bound.holds(() -> {
            try {
                walk(Der.parse(bytes), DEEPEST);
            } catch (MalformedDerException e) {
                // As it says.
            }
        });
    }

    private static void walk(Der element, int deeper) {
        Bound.require(
                Arrays.equals(Der.parse(element.encoded()).content(), element.content()), "read differently again");
        Bound.require(element.hasContent(element.content()), "another content than its own");
        List<Runnable> readers = List.of(
                element::oid,
                element::integer,
                element::count,
                element::bool,
                element::bits,
                element::ascii,
                () -> Bound.require(element.oid().length() < 250, "an OID longer than any"),
                () -> inside(element, deeper));
        for (Runnable reader : readers) {
            try {
                reader.run();
            } catch (MalformedDerException e) {
                // It need not be everything.
            }
        }
    }

    private static void inside(Der element, int deeper) {
        List<Der> children = element.children();
        Bound.require(
                children.stream().mapToInt(child -> child.encoded().length).sum() == element.length(),
                "children are not what is inside");
        if (deeper > 0) {
            children.forEach(child -> walk(child, deeper - 1));
        }
    }
}
