package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The hosts to check: those on the command line first, then those of files. Files are read line by line while the checks
 * are going on; how long they are does not matter.
 */
final class HostList implements InOrder.Source<Entry> {
    /** Stands for standard input, among hosts and as a file. */
    static final String STANDARD_INPUT = "-";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Protocol protocol;
    private final List<Part> parts = new ArrayList<>();

    /**
     * @param protocol how hosts are reached that are written without a scheme
     * @throws InvalidInputException if a host on the command line is none, or a file cannot be read
     */
    HostList(Protocol protocol, List<String> hosts, List<Path> files) {
        this.protocol = protocol;
        hosts.forEach(host -> parts.add(host.equals(STANDARD_INPUT) ? new Lines(Optional.empty()) : one(host)));
        files.forEach(file -> parts.add(lines(file)));
    }

    @Override
    public void forEach(InOrder.Taker<Entry> taker) throws InterruptedException {
        for (var part : parts) {
            part.forEach(taker);
        }
    }

    /** Whether there is nothing to check. */
    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether there is just one host, which is known without reading any file. */
    boolean isOne() {
        return parts.size() == 1 && parts.getFirst() instanceof One;
    }

    /** How many hosts there are; unknown if they come from standard input. Reads the files. */
    OptionalLong count() {
        var total = 0L;
        for (var part : parts) {
            var count = part.count();
            if (count.isEmpty()) {
                return count;
            }
            total += count.getAsLong();
        }
        return OptionalLong.of(total);
    }

    private One one(String host) {
        return new One(new Entry.Host(target(host)));
    }

    private Part lines(Path file) {
        if (file.toString().equals(STANDARD_INPUT)) {
            return new Lines(Optional.empty());
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InvalidInputException("--file", file + " cannot be read");
        }
        return new Lines(Optional.of(file));
    }

    private Target target(String text) {
        return Target.parse(text.contains("://") ? text : protocol.scheme() + "://" + text);
    }

    private sealed interface Part {
        void forEach(InOrder.Taker<Entry> taker) throws InterruptedException;

        OptionalLong count();
    }

    private record One(Entry entry) implements Part {
        @Override
        public void forEach(InOrder.Taker<Entry> taker) throws InterruptedException {
            taker.take(entry);
        }

        @Override
        public OptionalLong count() {
            return OptionalLong.of(1);
        }
    }

    /** The lines of a file, or of standard input. */
    private final class Lines implements Part {
        private final Optional<Path> file;

        private Lines(Optional<Path> file) {
            this.file = file;
        }

        @Override
        public void forEach(InOrder.Taker<Entry> taker) throws InterruptedException {
            try (var reader = open()) {
                var number = 0;
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    var text = withoutComment(line);
                    if (!text.isEmpty()) {
                        taker.take(entry(text, number));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(name() + " cannot be read any further", e);
            }
        }

        @Override
        public OptionalLong count() {
            // A pipe given as a file can be read only once.
            if (file.isEmpty() || !Files.isRegularFile(file.get())) {
                return OptionalLong.empty();
            }
            try (var reader = open()) {
                return OptionalLong.of(reader.lines()
                        .filter(line -> !withoutComment(line).isEmpty())
                        .count());
            } catch (IOException e) {
                throw new UncheckedIOException(name() + " cannot be read", e);
            }
        }

        private Entry entry(String text, int number) {
            try {
                return new Entry.Host(target(text));
            } catch (InvalidInputException e) {
                return new Entry.Unusable(name() + ":" + number, e.problem());
            }
        }

        private BufferedReader open() throws IOException {
            InputStream bytes = file.isPresent() ? Files.newInputStream(file.get()) : System.in;
            return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        }

        private String name() {
            return file.map(Path::toString).orElse("standard input");
        }
    }

    /** A {@code #} begins a comment at the start of a line or after a space; within a URL it is part of that. */
    private static String withoutComment(String line) {
        return line.replace(BYTE_ORDER_MARK, "").replaceFirst("(^|\\s)#.*", "").strip();
    }
}
