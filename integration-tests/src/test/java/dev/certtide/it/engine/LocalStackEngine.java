package dev.certtide.it.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.certtide.local.template.CloudAssembly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * LocalStack in a container, with the same template deployed by its CloudFormation.
 *
 * <p>4.14.0 is the last image that asks for no token. Its functions run in containers of their own, on the network of
 * LocalStack's. From there the tests' servers, which listen on this machine's loopback, are reached through
 * Testcontainers' tunnel: a container known as {@code host.testcontainers.internal} that passes exposed ports on
 * (Testcontainers, "Exposing host ports to the container"). That name is known to LocalStack's container only, so the
 * functions are given the tunnel's address. The folder with the hosts file and the trust anchors is mounted into them.
 */
final class LocalStackEngine implements Engine {
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");
    private static final String FOLDER_IN_FUNCTIONS = "/opt/certtide-tests";
    private static final String TUNNEL = "host.testcontainers.internal";
    private static final String TEMPLATE_KEY = "certtide-tests.template.json";
    private static final Duration DEPLOYED_WITHIN = Duration.ofMinutes(5);

    private CloudAssembly assembly;
    private LocalStackContainer container;
    private String tunnelAddress;
    private Clients clients;
    private Map<String, String> outputs;

    @Override
    public void start(Path folder) {
        assembly = CloudAssembly.read(Engine.assembly());
        container = new LocalStackContainer(IMAGE)
                .withServices(
                        "cloudformation",
                        "cloudwatch",
                        "dynamodb",
                        "events",
                        "iam",
                        "kms",
                        "lambda",
                        "logs",
                        "s3",
                        "sns",
                        "sqs",
                        "ssm",
                        "sts")
                // Builds the tunnel now; ports can then be exposed at any time.
                .withAccessToHost(true)
                // "-v" is read by the Docker of this machine: the path is this machine's.
                .withEnv("LAMBDA_DOCKER_FLAGS", "-v " + folder.toAbsolutePath() + ":" + FOLDER_IN_FUNCTIONS + ":ro")
                // The functions ask for arm64, and Java does not mind.
                .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
                .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120")
                .withStartupTimeout(Duration.ofMinutes(3));
        container.start();
        tunnelAddress = addressOfTunnel();
        clients = Clients.of(container.getEndpoint(), assembly.region());
        upload();
        outputs = deploy();
    }

    private String addressOfTunnel() {
        try {
            var answer = container.execInContainer("getent", "hosts", TUNNEL);
            if (answer.getExitCode() != 0) {
                throw new IllegalStateException(
                        "LocalStack's container does not know " + TUNNEL + ": " + answer.getStderr());
            }
            return answer.getStdout().strip().split("\\s+")[0];
        } catch (IOException e) {
            throw new UncheckedIOException("LocalStack's container does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting LocalStack", e);
        }
    }

    /** Puts the functions' code and the template where {@code cdk deploy} puts them: into the bootstrap bucket. */
    private void upload() {
        try (var s3 = Clients.configure(S3Client.builder(), container.getEndpoint(), assembly.region())
                .forcePathStyle(true)
                .build()) {
            s3.createBucket(request -> request.bucket(bucket()));
            assembly.assets()
                    .forEach((key, file) ->
                            s3.putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromFile(file)));
            s3.putObject(
                    request -> request.bucket(bucket()).key(TEMPLATE_KEY),
                    RequestBody.fromString(templateWithVariables().toString()));
        }
    }

    /** The assembly's template, its functions having the tests' variables besides their own. */
    private JsonNode templateWithVariables() {
        var template = assembly.template().deepCopy();
        var variables = Engine.variables(FOLDER_IN_FUNCTIONS, tunnelAddress + "/32");
        for (var resource : template.path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::Lambda::Function")) {
                var properties = (ObjectNode) resource.path("Properties");
                var environment = properties.withObject("Environment").withObject("Variables");
                variables.forEach(environment::put);
            }
        }
        return template;
    }

    private Map<String, String> deploy() {
        try (var cloudFormation = Clients.configure(
                        CloudFormationClient.builder(), container.getEndpoint(), assembly.region())
                .build()) {
            var name = assembly.stackName();
            // By URL: a body may have 51,200 bytes at most. LocalStack fetches it from inside its container.
            cloudFormation.createStack(request -> request.stackName(name)
                    .templateURL("http://localhost:4566/" + bucket() + "/" + TEMPLATE_KEY)
                    .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM));
            var deployed = cloudFormation
                    .waiter()
                    .waitUntilStackCreateComplete(
                            request -> request.stackName(name),
                            waiting -> waiting.waitTimeout(DEPLOYED_WITHIN).maxAttempts(600))
                    .matched()
                    .response()
                    .orElseThrow(() -> new IllegalStateException(
                            "The stack was not created; see LocalStack's log:\n" + container.getLogs()));
            return deployed.stacks().getFirst().outputs().stream()
                    .collect(Collectors.toUnmodifiableMap(Output::outputKey, Output::outputValue));
        }
    }

    /** The name that CDK's default synthesizer gives the bucket of its assets. */
    private String bucket() {
        return "cdk-hnb659fds-assets-" + assembly.accountId() + "-" + assembly.region();
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public Map<String, String> outputs() {
        return outputs;
    }

    @Override
    public String addressOfThisMachine() {
        return tunnelAddress;
    }

    @Override
    public void reach(int port) {
        Testcontainers.exposeHostPorts(port);
    }

    @Override
    public void close() {
        if (clients != null) {
            clients.close();
        }
        if (container != null) {
            container.stop();
        }
    }
}
