package dev.certtide.cli;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.PrivateRoots;
import dev.certtide.model.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the private roots of watches. */
final class RootsOption {
    private static final String NAME = "--private-roots";

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description = "Trust the CA certificates of this PEM file as well, for this watch only.")
    private Optional<Path> file = Optional.empty();

    /** @throws InvalidInputException when the file can't be read or holds no list of CA certificates */
    Trusted read() {
        return new Trusted(file.map(RootsOption::roots));
    }

    /** What the option came to. */
    record Trusted(Optional<PrivateRoots> roots) {
        Target of(Target target) {
            return roots.map(PrivateRoots::name).map(target::trusting).orElse(target);
        }

        Optional<String> pem() {
            return roots.map(PrivateRoots::pem);
        }

        /** A sentence for each certificate that has expired: it is trusted, and probably not meant. */
        List<String> expired(Instant now) {
            return roots.map(PrivateRoots::certificates).orElse(List.of()).stream()
                    .filter(certificate -> certificate.getNotAfter().toInstant().isBefore(now))
                    .map(certificate ->
                            "certtide: " + certificate.getSubjectX500Principal().getName() + " expired on "
                                    + certificate.getNotAfter().toInstant() + "; it is published all the same")
                    .toList();
        }
    }

    private static PrivateRoots roots(Path file) {
        try {
            // Whatever is no text has no PEM in it.
            return PrivateRoots.parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            throw new InvalidInputException(NAME, "there is no file " + file);
        } catch (IOException unreadable) {
            throw new InvalidInputException(NAME, file + " can't be read: " + unreadable.getMessage());
        } catch (InvalidInputException invalid) {
            throw new InvalidInputException(NAME, file + " " + invalid.problem());
        }
    }
}
