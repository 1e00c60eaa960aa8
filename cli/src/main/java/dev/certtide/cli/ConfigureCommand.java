package dev.certtide.cli;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stores what the functions need that tell people and machines. Secrets are read from standard input, never from the command line. */
@Command(
        name = "configure",
        description = "Store what is needed to reach people, and a CRM.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ConfigureCommand {
    private static final String DEPLOYMENT = "SECRET##deployment";
    private static final String CRM = "SECRET##crm";

    @Spec
    private CommandSpec spec;

    @Command(
            name = "webhook-key",
            description =
                    "Store the key that webhooks are signed with, read from standard input: whsec_ and 24 to 64 bytes in base64.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int webhookKey(
            @Mixin Cloud cloud,
            @Option(names = "--owner", paramLabel = "ID", description = "For this owner only. Default: for all.")
                    Optional<String> owner)
            throws IOException {
        var key = webhookKey(new SecretInput());
        var pk = owner.map(Owner::new).map(id -> "SECRET#" + id).orElse(DEPLOYMENT);
        put(cloud, pk, "WEBHOOK", Map.of("secret", AttributeValue.fromS(key)));
        return done("webhooks" + owner.map(id -> " to " + id).orElse("") + " are signed with this key from now on");
    }

    @Command(
            name = "smtp",
            description = "Store the mail server. With --user, the password is read from standard input.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int smtp(
            @Mixin Cloud cloud,
            @Option(names = "--host", required = true) String host,
            @Option(names = "--port", defaultValue = "587") int port,
            @Option(
                            names = "--security",
                            defaultValue = "starttls",
                            description = "none, starttls or tls. Default: ${DEFAULT-VALUE}.")
                    String security,
            @Option(names = "--from", required = true, description = "The sender's address.") String from,
            @Option(names = "--user") Optional<String> user)
            throws IOException {
        if (!security.matches("none|starttls|tls")) {
            throw new InvalidInputException("--security", "must be none, starttls or tls");
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException("--port", "must be 1 to 65535");
        }
        var server = new HashMap<String, AttributeValue>();
        server.put("host", AttributeValue.fromS(host));
        server.put("port", AttributeValue.fromN(Integer.toString(port)));
        server.put("security", AttributeValue.fromS(security));
        server.put("from", AttributeValue.fromS(from));
        if (user.isPresent()) {
            server.put("user", AttributeValue.fromS(user.get()));
            server.put("password", AttributeValue.fromS(new SecretInput().next("the password")));
        }
        put(cloud, DEPLOYMENT, "SMTP", server);
        return done("mail goes through " + host + ":" + port + " from now on");
    }

    @Command(
            name = "crm",
            description =
                    "Have new customers and their sites posted to a CRM. Its webhook is read from standard input: the "
                            + "address, which may be a secret in itself, and on a second line the key.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int crm(@Mixin Cloud cloud, @Option(names = "--off", description = "Post no longer.") boolean off)
            throws IOException {
        if (off) {
            cloud.withDynamoDb(dynamoDb -> dynamoDb.deleteItem(
                    request -> request.tableName(cloud.table("Config")).key(key(CRM, "WEBHOOK"))));
            return done("a minute from now no CRM is told of customers any more");
        }
        var input = new SecretInput();
        // As those of many no-code services are: of the address nothing but the host is shown.
        var webhook = new Channel.Webhook(input.next("the address of the webhook"));
        var attributes =
                Map.of("url", AttributeValue.fromS(webhook.url()), "secret", AttributeValue.fromS(webhookKey(input)));
        put(cloud, CRM, "WEBHOOK", attributes);
        return done("a minute from now new customers are told to "
                + URI.create(webhook.url()).getHost());
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }

    private static String webhookKey(SecretInput input) throws IOException {
        var key = input.next("the webhook key");
        if (!key.matches("whsec_[A-Za-z0-9+/]{32,88}={0,2}")) {
            throw new InvalidInputException("the webhook key", "must be whsec_ and 24 to 64 bytes in base64");
        }
        return key;
    }

    private static void put(Cloud cloud, String pk, String sk, Map<String, AttributeValue> attributes) {
        var item = new HashMap<>(attributes);
        item.putAll(key(pk, sk));
        cloud.withDynamoDb(dynamoDb -> dynamoDb.putItem(
                request -> request.tableName(cloud.table("Config")).item(item)));
    }

    private int done(String what) {
        spec.commandLine().getOut().println(what);
        return ExitCode.OK;
    }
}
