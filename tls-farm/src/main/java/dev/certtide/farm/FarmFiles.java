package dev.certtide.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a client of a farm needs, as files: whom to trust, where the names are, and what there is.
 *
 * @param folder where the files are
 * @param isTemporary whether they go when this is closed
 */
public record FarmFiles(Path folder, boolean isTemporary) implements AutoCloseable {
    /**
     * Writes the files of a farm.
     *
     * @param wanted the folder, which is made if there is none; a temporary one if it is left out
     */
    public static FarmFiles write(TlsFarm farm, Optional<Path> wanted) throws IOException {
        var files = new FarmFiles(
                wanted.isPresent()
                        ? Files.createDirectories(wanted.get().toAbsolutePath())
                        : Files.createTempDirectory("certtide-farm"),
                wanted.isEmpty());
        farm.writeRootPem(files.root());
        farm.writeHostsFile(files.names());
        Files.write(files.urls(), farm.hosts().stream().map(FarmHost::url).toList());
        return files;
    }

    /** The farm's own trust anchor, as PEM. */
    public Path root() {
        return folder.resolve("root.pem");
    }

    /** The addresses of the farm's names, in the format of {@code /etc/hosts}. */
    public Path names() {
        return folder.resolve("hosts");
    }

    /** The URLs of all hosts, a line each. */
    public Path urls() {
        return folder.resolve("urls.txt");
    }

    @Override
    public void close() throws IOException {
        if (isTemporary) {
            for (var file : List.of(root(), names(), urls(), folder)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
