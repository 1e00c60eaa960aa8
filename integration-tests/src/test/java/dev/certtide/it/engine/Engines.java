package dev.certtide.it.engine;

import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;

/** Which engine runs the stack: the system property {@code certtide.aws}. */
public final class Engines {
    private Engines() {}

    /** The engine that the property asks for; nothing is started yet. */
    public static Engine chosen() {
        return choose(System.getProperty("certtide.aws", "embedded"), Engines::dockerIsThere);
    }

    /**
     * The engine of that name.
     *
     * @param docker whether there is a Docker; asked only when it matters, since asking takes half a second
     * @throws IllegalStateException if LocalStack is asked for where Docker is not
     * @throws IllegalArgumentException if there is no such engine
     */
    static Engine choose(String name, BooleanSupplier docker) {
        return switch (name) {
            case "embedded" -> new EmbeddedEngine();
            case "localstack" -> {
                if (!docker.getAsBoolean()) {
                    throw new IllegalStateException(
                            "-Dcerttide.aws=localstack needs Docker, which does not answer here:"
                                    + " start it, or run the tests with -Dcerttide.aws=embedded.");
                }
                yield new LocalStackEngine();
            }
            case "auto" -> docker.getAsBoolean() ? new LocalStackEngine() : new EmbeddedEngine();
            default ->
                throw new IllegalArgumentException(
                        "-Dcerttide.aws=" + name + " is not known; use embedded, localstack or auto.");
        };
    }

    private static boolean dockerIsThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }
}
