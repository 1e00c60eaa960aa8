package dev.certtide.cli;

import dev.certtide.kit.PublicRoots;
import dev.certtide.model.InvalidInputException;
import dev.certtide.probe.trust.RenewedAnchors;
import dev.certtide.probe.trust.RootBundle;
import dev.certtide.probe.trust.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A list of public roots from a file, which the checker would take.
 *
 * @param list as it is stored
 * @param count how many roots are in it
 * @param asOf of which day it is
 * @param isOld whether that which came with this program is of a later day
 */
record RootList(PublicRoots.Stored list, int count, LocalDate asOf, boolean isOld) {
    private static final String FILE = "FILE";

    /**
     * Reads it.
     *
     * @param now when it is stored
     * @throws InvalidInputException with the field {@code FILE} when the checker would not take it, or nobody could store it
     */
    static RootList read(Path file, Instant now) {
        try {
            // As it will be read: a list that is no text would be stored as something else.
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            var pem = text.getBytes(StandardCharsets.UTF_8);
            var roots = RootBundle.parse(pem);
            int count = roots.certificates().size();
            var bundled = TrustAnchors.ofMozilla();
            int mozillas = bundled.size();
            if (RenewedAnchors.isTooSmall(count, mozillas)) {
                throw new InvalidInputException(
                        FILE,
                        file + " has only " + count + " roots where the list that came with Certtide has " + mozillas
                                + "; it would be in place of it, not added to it");
            }
            if (pem.length > PublicRoots.MOST_BYTES) {
                throw new InvalidInputException(
                        FILE,
                        file + " has more than " + PublicRoots.MOST_BYTES
                                + " bytes; leave out the text between the certificates");
            }
            var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            var dated = roots.orAsOf(today);
            return new RootList(
                    new PublicRoots.Stored(text, today),
                    count,
                    dated.asOf().orElseThrow(),
                    TrustAnchors.of(dated).isOlderThan(bundled));
        } catch (NoSuchFileException missing) {
            throw new InvalidInputException(FILE, "there is no file " + file);
        } catch (IOException unreadable) {
            throw new InvalidInputException(FILE, file + " can't be read: " + unreadable.getMessage());
        } catch (IllegalArgumentException noList) {
            throw new InvalidInputException(FILE, file + " can't be used: " + noList.getMessage());
        }
    }
}
