package dev.certtide.local.lambda;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Class loaders of the functions. Functions that bring the same libraries share one loader for all of them: the classes
 * are loaded, and compiled by the JIT, once. As soon as two functions differ in a library, each gets its own.
 */
final class CodeLoaders implements AutoCloseable {
    private final Map<Path, Code> codes = new HashMap<>();
    private final Path libraryFolder;
    private final ClassLoader api = new SharedApi();
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final Map<String, ClassLoader> byFunction = new HashMap<>();
    private final boolean shareable;
    private ClassLoader shared;

    /** @param libraryFolder where libraries are unpacked to */
    CodeLoaders(Collection<Path> assets, Path libraryFolder) {
        this.libraryFolder = libraryFolder;
        assets.forEach(asset -> codes.computeIfAbsent(asset, Code::read));
        shareable = agree(codes.values());
    }

    /** Whether no library differs between functions, by content or by version. */
    static boolean agree(Collection<Code> codes) {
        var byName = new HashMap<String, Code.Library>();
        var versions = new HashMap<String, String>();
        return codes.stream().flatMap(code -> code.libraries().stream()).allMatch(library -> {
            var sameName = byName.putIfAbsent(library.name(), library);
            var version = versions.putIfAbsent(library.artifact(), library.version());
            return (sameName == null || sameName.equals(library))
                    && (version == null || version.equals(library.version()));
        });
    }

    /** The loader for the classes of a function; its parent has the libraries. */
    synchronized ClassLoader loaderFor(String functionName, Path asset) {
        var known = byFunction.get(functionName);
        if (known != null) return known;
        var parent = shareable ? shared() : libraries(functionName, List.of(codes.get(asset)));
        var made = loader(functionName, List.of(asset), parent);
        byFunction.put(functionName, made);
        return made;
    }

    private ClassLoader shared() {
        if (shared == null) shared = libraries("functions", codes.values());
        return shared;
    }

    private ClassLoader libraries(String name, Collection<Code> codes) {
        var jars = new LinkedHashSet<Path>();
        for (var code : codes) jars.addAll(code.unpack(libraryFolder));
        return loader(name + "-libraries", jars, api);
    }

    private ClassLoader loader(String name, Collection<Path> classPath, ClassLoader parent) {
        var urls = classPath.stream().map(CodeLoaders::url).toArray(URL[]::new);
        var loader = new URLClassLoader(name, urls, parent);
        loaders.add(loader);
        return loader;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path.toString(), e);
        }
    }

    @Override
    public synchronized void close() {
        for (var loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
