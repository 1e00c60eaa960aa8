package dev.certtide.local.lambda;

import dev.certtide.local.meter.Meter;
import dev.certtide.local.template.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The functions of a template, run in this JVM from the code in their assets. */
public final class Functions implements AutoCloseable {
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final CodeLoaders loaders;
    private final Optional<Path> temporary;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("function-", 0).factory());

    /**
     * Surroundings of all functions.
     *
     * @param assets files by object key
     * @param libraryFolder where libraries are kept unpacked from start to start; a temporary folder when empty
     * @param environment variables that every function gets besides those of the template, which they override
     * @param log takes each line that a function logs: JSON as it is, other text led by the function's name
     * @param meter counts invocations and what is logged
     */
    public record Setting(
            Map<String, Path> assets,
            Optional<Path> libraryFolder,
            Map<String, String> environment,
            InstantSource clock,
            Consumer<String> log,
            Meter meter) {}

    /** @throws FunctionException if a function's code is not among the assets */
    public Functions(List<FunctionSpec> specs, Setting setting) {
        temporary = setting.libraryFolder().isPresent() ? Optional.empty() : Optional.of(temporaryFolder());
        var assets = new HashMap<String, Path>();
        for (var spec : specs) {
            var asset = setting.assets().get(spec.codeKey());
            if (asset == null || !Files.exists(asset)) {
                throw new FunctionException(
                        "%s: the assembly does not have its code %s".formatted(spec.name(), spec.codeKey()), null);
            }
            assets.put(spec.name(), asset);
        }
        loaders = new CodeLoaders(
                assets.values(), setting.libraryFolder().or(() -> temporary).orElseThrow());
        for (var spec : specs) {
            var environment = new HashMap<>(spec.environment());
            environment.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
            environment.putAll(setting.environment());
            functions.put(
                    spec.name(),
                    new Function(
                            spec,
                            () -> Handler.create(
                                    spec.handler(),
                                    loaders.loaderFor(spec.name(), assets.get(spec.name())),
                                    Map.copyOf(environment),
                                    setting.clock()),
                            threads,
                            // A line of JSON says itself where it comes from, and must stay JSON.
                            line -> {
                                setting.meter().logged(spec.name(), line);
                                setting.log().accept(line.startsWith("{") ? line : spec.name() + " " + line);
                            },
                            setting.meter()));
        }
    }

    /** Loads all functions in the background, so that their first events do not wait for it. */
    public void preload(Consumer<FunctionException> onFailure) {
        Thread.ofPlatform().daemon().name("function-preload").start(() -> {
            for (var function : functions.values()) {
                try {
                    function.preload();
                } catch (FunctionException e) {
                    onFailure.accept(e);
                }
            }
        });
    }

    /** What an AWS client in a function needs to find this cloud. The engines are named besides, to save a hop. */
    public static Map<String, String> clientEnvironment(String region, URI endpoint, URI sqs, URI dynamoDb) {
        return Map.of(
                "AWS_REGION",
                region,
                "AWS_DEFAULT_REGION",
                region,
                "AWS_ENDPOINT_URL",
                endpoint.toString(),
                "AWS_ENDPOINT_URL_SQS",
                sqs.toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamoDb.toString(),
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test");
    }

    public boolean has(String functionName) {
        return functions.containsKey(functionName);
    }

    /**
     * Invokes a function and waits for its answer.
     *
     * @param event JSON
     * @return JSON
     * @throws FunctionException if it fails
     * @throws IllegalArgumentException if there is no such function
     */
    public byte[] invoke(String functionName, byte[] event) {
        var function = functions.get(functionName);
        if (function == null)
            throw new IllegalArgumentException("no function " + functionName + " in " + functions.keySet());
        return function.invoke(event);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("certtide-functions");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            // A function may finish what it is doing; one that does not listen to its interrupt is left behind.
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loaders.close();
        temporary.ifPresent(Functions::delete);
    }

    private static void delete(Path folder) {
        // A cleaner of temporary files may have been here before.
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
