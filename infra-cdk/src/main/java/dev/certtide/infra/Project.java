package dev.certtide.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The checkout that is synthesized: the folder with {@code cdk.json}.
 *
 * @param root that folder, absolute
 */
record Project(Path root) {
    private static final String CDK_JSON = "cdk.json";

    /**
     * The project that a folder belongs to: the folder itself or the nearest one above it with a {@code cdk.json}.
     *
     * @throws InvalidContextException if there is none
     */
    static Project around(Path folder) {
        var start = folder.toAbsolutePath().normalize();
        return Stream.iterate(start, path -> path != null, Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve(CDK_JSON)))
                .findFirst()
                .map(Project::new)
                .orElseThrow(() -> new InvalidContextException(
                        "no cdk.json in " + start + " or above it; run this in the project's folder"));
    }

    /**
     * The context of {@code cdk.json}, with {@code key=value} arguments on top.
     *
     * <p>The CDK command line reads {@code cdk.json} by itself and its context wins over this one. Whatever synthesizes
     * without it (the Maven build, the tests) must see the same feature flags, or it tests a different template.
     *
     * @throws InvalidContextException if an argument is no {@code key=value}
     */
    Map<String, Object> context(String... arguments) {
        var context = new LinkedHashMap<>(contextOfCdkJson());
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank()) {
                throw new InvalidContextException(
                        "argument '" + argument + "' is no context; write key=value, for example stage=local");
            }
            context.put(parts[0], parts[1]);
        }
        return context;
    }

    /** Where the build collects the function zips, {@code <function>.zip} each. */
    Path functions() {
        return root.resolve("infra-cdk/target/functions");
    }

    private Map<String, Object> contextOfCdkJson() {
        var json = new ObjectMapper();
        var file = root.resolve(CDK_JSON).toFile();
        try {
            return json.convertValue(json.readTree(file).path("context"), new TypeReference<>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read as JSON", unreadable);
        }
    }
}
