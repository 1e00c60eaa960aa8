package dev.certtide.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The code of one function: classes at the top of the asset, libraries in {@code lib/}.
 *
 * @param classes the asset itself, a zip or a folder
 */
record Code(Path classes, List<Library> libraries) {

    /**
     * A jar in {@code lib/}.
     *
     * @param size bytes, uncompressed
     * @param crc CRC-32; with name and size it tells whether two jars are the same
     */
    record Library(String name, long size, long crc) {

        /** The name up to the version, to see two versions of one library. */
        String artifact() {
            return name.replaceFirst("(-\\d.*)?\\.jar$", "");
        }

        /** The version and what follows it up to a classifier. */
        String version() {
            var rest = name.substring(artifact().length(), name.length() - ".jar".length());
            return rest.replaceFirst("^(-\\d[^-]*(?:-SNAPSHOT)?).*$", "$1");
        }

        /** A file name that no other content shares. */
        String fileName() {
            return "%08x-%s".formatted(crc, name);
        }
    }

    static Code read(Path asset) {
        try {
            return new Code(asset, Files.isDirectory(asset) ? inFolder(asset) : inZip(asset));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the function code " + asset, e);
        }
    }

    private static List<Library> inZip(Path asset) throws IOException {
        try (var zip = new ZipFile(asset.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().startsWith("lib/")
                            && entry.getName().endsWith(".jar"))
                    .map(entry -> new Library(entry.getName().substring(4), entry.getSize(), entry.getCrc()))
                    .toList();
        }
    }

    private static List<Library> inFolder(Path asset) throws IOException {
        var libraries = new ArrayList<Library>();
        var folder = asset.resolve("lib");
        if (!Files.isDirectory(folder)) return List.of();
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (var jar : jars) {
                var crc = new CRC32();
                crc.update(Files.readAllBytes(jar));
                libraries.add(new Library(jar.getFileName().toString(), Files.size(jar), crc.getValue()));
            }
        }
        return libraries;
    }

    /** Copies those libraries into {@code folder} that are not there yet, and returns where they are. */
    List<Path> unpack(Path folder) {
        try {
            Files.createDirectories(folder);
            var missing = libraries.stream()
                    .filter(library -> !Files.exists(folder.resolve(library.fileName())))
                    .toList();
            if (Files.isDirectory(classes)) {
                for (var library : missing) copy(classes.resolve("lib").resolve(library.name()), library, folder);
            } else if (!missing.isEmpty()) {
                try (var zip = new ZipFile(classes.toFile())) {
                    for (var library : missing) extract(zip, zip.getEntry("lib/" + library.name()), library, folder);
                }
            }
            return libraries.stream()
                    .map(library -> folder.resolve(library.fileName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + classes, e);
        }
    }

    private static void extract(ZipFile zip, ZipEntry entry, Library library, Path folder) throws IOException {
        // Moved into place when complete: a start that was killed leaves no half jar.
        var part = Files.createTempFile(folder, "part", ".tmp");
        try (var in = zip.getInputStream(entry)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, folder.resolve(library.fileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copy(Path jar, Library library, Path folder) throws IOException {
        var part = Files.createTempFile(folder, "part", ".tmp");
        Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, folder.resolve(library.fileName()), StandardCopyOption.ATOMIC_MOVE);
    }
}
