package dev.certtide.it.engine;

import java.nio.file.Path;
import java.util.Map;

/**
 * Something that runs the synthesized stack. Tests never name one: they see clients and outputs, and start servers on
 * loopback that the functions of any engine find.
 */
public interface Engine extends AutoCloseable {
    /** The file of names in the folder that is given to {@link #start}. */
    String HOSTS_FILE = "hosts";

    /** The file of trust anchors in the folder that is given to {@link #start}. */
    String ROOTS_FILE = "roots.pem";

    /** Seconds after which a check of a server that says nothing is given up: tests must not wait for long. */
    String CHECK_TIMEOUT = "2";

    /**
     * Starts the engine and deploys the stack; returns when it can be used.
     *
     * @param folder holds {@link #HOSTS_FILE} and {@link #ROOTS_FILE}, which the functions read; may change later
     */
    void start(Path folder);

    /** Clients of the started engine. */
    Clients clients();

    /** The stack's outputs by their key. */
    Map<String, String> outputs();

    /** The address at which the functions find servers that listen on 127.0.0.1 of this machine. */
    String addressOfThisMachine();

    /** Lets the functions reach this port of this machine, 1 to 65535. Does nothing when they can anyway. */
    void reach(int port);

    /** Ends the engine and everything that it started. */
    @Override
    void close();

    /**
     * The variables with which functions find the tests' servers and may visit them.
     *
     * @param folder where the functions see the folder of {@link #start}
     * @param networks CIDR blocks in which the servers are
     */
    static Map<String, String> variables(String folder, String networks) {
        return Map.of(
                "CERTTIDE_ALLOWED_NETWORKS",
                networks,
                "CERTTIDE_ALLOWED_PORTS",
                "1-65535",
                "CERTTIDE_HOSTS_FILE",
                folder + "/" + HOSTS_FILE,
                "CERTTIDE_CA_FILE",
                folder + "/" + ROOTS_FILE,
                "CERTTIDE_CHECK_TIMEOUT",
                CHECK_TIMEOUT,
                "CERTTIDE_CONFIRM_AFTER",
                "1");
    }

    /** The assembly that the build wrote. */
    static Path assembly() {
        return Path.of(System.getProperty("certtide.home")).resolve("infra-cdk/target/cdk.out-local");
    }
}
