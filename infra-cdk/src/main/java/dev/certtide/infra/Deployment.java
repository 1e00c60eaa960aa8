package dev.certtide.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is deployed: the choices that the CDK context leaves to whoever deploys.
 *
 * @param stage context {@code stage}
 * @param publisherAccounts context {@code publisherAccounts}: other AWS accounts that may publish to {@code new_url},
 *     12 digits each; a list, or one string with commas (as {@code -c} passes it)
 * @param alarmEmail context {@code alarmEmail}: who is mailed when an alarm rings
 * @param ownerLimits contexts {@code maxWatchesPerOwner} and {@code maxEventsPerOwnerAndHour}, as far as they are set: the
 *     variables that carry them
 * @param sesIdentity context {@code sesIdentity}: the verified domain or address that SES may send mail from
 * @param functions the folder of the function zips; context {@code functions}, or where the build collects them
 */
record Deployment(
        Stage stage,
        List<String> publisherAccounts,
        Optional<String> alarmEmail,
        Map<String, String> ownerLimits,
        Optional<String> sesIdentity,
        Path functions) {
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,9}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private static final Pattern IDENTITY = Pattern.compile("([A-Za-z0-9._+-]+@)?[A-Za-z0-9.-]+");

    Deployment {
        publisherAccounts = List.copyOf(publisherAccounts);
        ownerLimits = Map.copyOf(ownerLimits);
    }

    /**
     * Reads the context.
     *
     * @param context gives a context value, or null
     * @throws InvalidContextException if a value cannot be used
     */
    static Deployment of(Function<String, Object> context, Path built) {
        return new Deployment(
                Stage.named(context.apply("stage")),
                accounts(context.apply("publisherAccounts")),
                Optional.ofNullable(context.apply("alarmEmail"))
                        .map(Object::toString)
                        .map(Deployment::email),
                ownerLimits(context),
                Optional.ofNullable(context.apply("sesIdentity"))
                        .map(Object::toString)
                        .map(Deployment::identity),
                Optional.ofNullable(context.apply("functions"))
                        .map(folder -> Path.of(folder.toString()))
                        .orElse(built));
    }

    /**
     * The zip of a function.
     *
     * @throws InvalidContextException if it has not been built
     */
    Path zipOf(String function) {
        var zip = functions.resolve(function + ".zip");
        if (!Files.isRegularFile(zip)) {
            throw new InvalidContextException(
                    "no function zip " + zip + "; build it with ./mvnw -pl infra-cdk -am -DskipTests package");
        }
        return zip;
    }

    private static List<String> accounts(Object context) {
        Stream<?> named =
                switch (context) {
                    case null -> Stream.empty();
                    case List<?> list -> list.stream();
                    case Object one -> Arrays.stream(one.toString().split(","));
                };
        return named.map(account -> account.toString().strip())
                .map(Deployment::account)
                .distinct()
                .toList();
    }

    private static String account(String account) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new InvalidContextException("context 'publisherAccounts' has '" + account
                    + "'; an AWS account id has 12 digits (as a string, or leading zeros are lost)");
        }
        return account;
    }

    private static Map<String, String> ownerLimits(Function<String, Object> context) {
        var limits = new HashMap<String, String>();
        limit(context, "maxWatchesPerOwner").ifPresent(most -> limits.put("CERTTIDE_MAX_WATCHES_PER_OWNER", most));
        limit(context, "maxEventsPerOwnerAndHour")
                .ifPresent(most -> limits.put("CERTTIDE_MAX_EVENTS_PER_OWNER_AND_HOUR", most));
        return limits;
    }

    private static Optional<String> limit(Function<String, Object> context, String name) {
        var limit = Optional.ofNullable(context.apply(name)).map(Object::toString);
        if (limit.isPresent() && !LIMIT.matcher(limit.get()).matches()) {
            throw new InvalidContextException(
                    "context '" + name + "' is '" + limit.get() + "'; it must be a whole number from 1 on");
        }
        return limit;
    }

    /** It becomes part of an ARN, in which an asterisk would mean every identity. */
    private static String identity(String identity) {
        if (!IDENTITY.matcher(identity).matches()) {
            throw new InvalidContextException(
                    "context 'sesIdentity' is '" + identity + "'; it must be a domain or a mail address");
        }
        return identity;
    }

    private static String email(String address) {
        if (!EMAIL.matcher(address).matches()) {
            throw new InvalidContextException("context 'alarmEmail' is '" + address + "'; that is no mail address");
        }
        return address;
    }
}
