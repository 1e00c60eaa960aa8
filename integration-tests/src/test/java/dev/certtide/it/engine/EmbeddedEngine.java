package dev.certtide.it.engine;

import dev.certtide.local.LocalCloud;
import java.nio.file.Path;
import java.util.Map;

/** The engines in this JVM; the functions run here too and see this machine as the tests do. */
final class EmbeddedEngine implements Engine {
    private LocalCloud cloud;
    private Clients clients;

    @Override
    public void start(Path folder) {
        var builder = LocalCloud.of(Engine.assembly())
                .port(0)
                .environment(Engine.variables(folder.toString(), "127.0.0.0/8,::1/128"));
        if (Boolean.getBoolean("certtide.logs")) {
            builder.functionLog(line -> System.err.println(line.stripTrailing()));
        }
        cloud = builder.start();
        clients = Clients.of(cloud.endpoint(), cloud.region());
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public Map<String, String> outputs() {
        return cloud.outputs();
    }

    @Override
    public String addressOfThisMachine() {
        return "127.0.0.1";
    }

    @Override
    public void reach(int port) {
        // Same machine, same network.
    }

    @Override
    public void close() {
        clients.close();
        cloud.close();
    }
}
