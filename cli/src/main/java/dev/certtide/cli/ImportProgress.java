package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Required;
import dev.certtide.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * How far an import has come, as a small file beside the one that is imported. An import that was interrupted goes
 * on after the last line that was published for certain; lines that were published and not recorded are published again,
 * with the same ids and times, which changes nothing.
 *
 * @param what what is imported, and where to
 * @param startedAt when it was begun; the time of its events
 * @param line up to which line all is published, 0 for none
 * @param unusable how many of the lines up to there could not be used
 */
record ImportProgress(String what, Instant startedAt, long line, long unusable) {
    private static final String SUFFIX = ".certtide-import";

    /** An import that is begun now. */
    static ImportProgress begun(String what, Instant now) {
        return new ImportProgress(what, now, 0, 0);
    }

    /** Where the progress of importing {@code file} is kept. */
    static Path besides(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /** Tells imports apart: by the file's content, the topic, and the owner of rows without one. */
    static String name(Path file, String topic, String owner) {
        return sha256(file) + " " + topic + " " + owner;
    }

    /** What is kept there of this import; a new one if nothing is, or of another import. */
    static ImportProgress of(String name, Path kept, Instant now) {
        try {
            var fields = (Map<?, ?>) Json.readTree(Files.readString(kept));
            var progress = new ImportProgress(
                    (String) Required.field("import", fields.get("import")),
                    Instant.parse((String) Required.field("startedAt", fields.get("startedAt"))),
                    ((Number) Required.field("line", fields.get("line"))).longValue(),
                    ((Number) Required.field("unusable", fields.get("unusable"))).longValue());
            if (progress.what().equals(name)) {
                return progress;
            }
        } catch (IOException | ClassCastException | java.time.DateTimeException | InvalidInputException nothingOfUse) {
            // It is begun anew, which is harmless.
        }
        return begun(name, now);
    }

    ImportProgress upTo(long published, long ofThemUnusable) {
        return new ImportProgress(what, startedAt, published, ofThemUnusable);
    }

    /** Keeps it there, in one step: a crash leaves the old or the new. */
    void keep(Path there) {
        var next = there.resolveSibling(there.getFileName() + ".new");
        try {
            Files.writeString(
                    next,
                    Json.write(Map.of(
                                    "import", what,
                                    "startedAt", startedAt.toString(),
                                    "line", line,
                                    "unusable", unusable))
                            + "\n",
                    StandardCharsets.UTF_8);
            Files.move(next, there, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The import's progress can't be kept in " + there, e);
        }
    }

    private static String sha256(Path file) {
        try (var bytes = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
