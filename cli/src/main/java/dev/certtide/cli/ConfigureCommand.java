package dev.certtide.cli;

import dev.certtide.kit.PublicRoots;
import dev.certtide.kit.Table;
import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Owner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Stores what the functions need that tell people and machines, and whom the checker trusts. Secrets are read from standard
 * input, never from the command line.
 */
@Command(
        name = "configure",
        description = "Store what is needed to reach people and a CRM, and which roots are trusted.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ConfigureCommand {
    private static final String DEPLOYMENT = "SECRET##deployment";
    private static final String CRM = "SECRET##crm";

    private static final Pattern NAMED = Pattern.compile("[\\x20-\\x7e&&[^<>\"]]{1,100} <([^<>]+)>");

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
                    Optional<String> owner,
            @Option(
                            names = "--rotate",
                            description = "Sign with the key before as well, until the next --forget-previous.")
                    boolean rotate,
            @Option(names = "--forget-previous", description = "Sign with the newest key alone; none is read.")
                    boolean forget)
            throws IOException {
        if (rotate && forget) {
            throw new InvalidInputException("--rotate", "does not go with --forget-previous; rotate first");
        }
        var pk = owner.map(Owner::new).map(id -> "SECRET#" + id).orElse(DEPLOYMENT);
        var whose = "webhooks" + owner.map(id -> " to " + id).orElse("");
        if (forget) {
            if (!update(cloud, pk, "REMOVE previousSecret", Map.of(), "attribute_exists(secret)")) {
                throw noKey();
            }
            return done(whose + " are signed with the newest key alone from now on");
        }
        var key = AttributeValue.fromS(webhookKey(new SecretInput()));
        if (rotate) {
            rotate(cloud, pk, Map.of(":key", key));
            return done(whose + " are signed with this key and the one before from now on");
        }
        put(cloud, pk, "WEBHOOK", Map.of("secret", key));
        return done(whose + " are signed with this key from now on");
    }

    @Command(
            name = "ses",
            description = "Have mail sent by Amazon SES instead of by a mail server.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int ses(
            @Mixin Cloud cloud,
            @Option(names = "--from", required = true, description = "The sender's address, of a verified identity.")
                    String from) {
        put(cloud, DEPLOYMENT, "SES", Map.of("from", sender(from)));
        return done("mail is sent by SES from now on; deploy with the context sesIdentity, so that it may be");
    }

    @Command(
            name = "links",
            description = "Store pages of your own that notifications lead to. What is left out is taken away.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int links(
            @Mixin Cloud cloud,
            @Option(
                            names = "--acknowledge",
                            paramLabel = "URL",
                            description = "Where somebody says that they are at it, with {incident} and {owner} in it.")
                    Optional<String> acknowledge,
            @Option(
                            names = "--unsubscribe",
                            paramLabel = "URL",
                            description =
                                    "What takes an address off by a POST (RFC 8058), with {owner} and {address} in it.")
                    Optional<String> unsubscribe) {
        var links = new HashMap<String, AttributeValue>();
        acknowledge.map(page -> page("--acknowledge", page)).ifPresent(page -> links.put("acknowledge", page));
        unsubscribe.map(page -> page("--unsubscribe", page)).ifPresent(page -> links.put("unsubscribe", page));
        put(cloud, DEPLOYMENT, "LINKS", links);
        return done(
                "notifications lead to " + (links.isEmpty() ? "no pages of yours" : "these pages") + " from now on");
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
            @Option(names = "--from", required = true, description = "The sender: an address, or 'Name <address>'.")
                    String from,
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
        server.put("from", sender(from));
        if (user.isPresent()) {
            server.put("user", AttributeValue.fromS(user.get()));
            server.put("password", AttributeValue.fromS(new SecretInput().next("the password")));
        }
        put(cloud, DEPLOYMENT, "SMTP", server);
        cloud.withDynamoDb(dynamoDb -> dynamoDb.deleteItem(
                request -> request.tableName(cloud.table("Config")).key(key(DEPLOYMENT, "SES"))));
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

    @Command(
            name = "roots",
            description =
                    "Have the checker trust the roots of this PEM file, in place of Mozilla's list that came with "
                            + "Certtide or comes with a later one. Private authorities are better added to a watch, by "
                            + "--private-roots.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    int roots(
            @Mixin Cloud cloud,
            @Parameters(arity = "0..1", paramLabel = "FILE") Optional<Path> file,
            @Option(names = "--bundled", description = "Trust the list that came with Certtide again.")
                    boolean bundled) {
        if (file.isPresent() == bundled) {
            throw new InvalidInputException("FILE", "or --bundled is to be named, and only one of them");
        }
        var list = file.map(some -> RootList.read(some, cloud.now()));
        cloud.withDynamoDb(dynamoDb -> {
            var stored = new PublicRoots(new Table(dynamoDb, cloud.table("Config")));
            list.ifPresentOrElse(roots -> stored.store(roots.list()), stored::remove);
            return null;
        });
        if (list.filter(RootList::isOld).isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("certtide: " + file.get() + " is older than the list that came with this Certtide");
        }
        return done("within five minutes "
                + list.map(roots -> roots.count() + " roots as of " + roots.asOf() + " are trusted")
                        .orElse("the roots that came with Certtide are trusted again"));
    }

    /** An address, or a name and an address in angle brackets. */
    private static AttributeValue sender(String from) {
        var named = NAMED.matcher(from);
        try {
            new Channel.Email(named.matches() ? named.group(1) : from);
            return AttributeValue.fromS(from);
        } catch (InvalidInputException none) {
            throw new InvalidInputException("--from", none.problem());
        }
    }

    private static AttributeValue page(String option, String url) {
        if (!url.matches("https://[^\\s<>]{1,2000}")) {
            throw new InvalidInputException(option, "must be an https address");
        }
        return AttributeValue.fromS(url);
    }

    /** The key before moves within the table: nothing of it is read. With the same key it has moved already. */
    private static void rotate(Cloud cloud, String pk, Map<String, AttributeValue> key) {
        if (!update(
                        cloud,
                        pk,
                        "SET previousSecret = secret, secret = :key",
                        key,
                        "attribute_exists(secret) AND secret <> :key")
                && !update(cloud, pk, "SET secret = :key", key, "secret = :key")) {
            throw noKey();
        }
    }

    private static InvalidInputException noKey() {
        return new InvalidInputException("the webhook key", "is not stored yet; store one without --rotate first");
    }

    /** Whether the condition held. */
    private static boolean update(
            Cloud cloud, String pk, String change, Map<String, AttributeValue> values, String condition) {
        try {
            cloud.withDynamoDb(dynamoDb -> dynamoDb.updateItem(request -> request.tableName(cloud.table("Config"))
                    .key(key(pk, "WEBHOOK"))
                    .updateExpression(change)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values.isEmpty() ? null : values)));
            return true;
        } catch (ConditionalCheckFailedException doesNotHold) {
            return false;
        }
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
