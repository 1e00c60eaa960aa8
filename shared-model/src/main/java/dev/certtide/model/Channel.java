package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A way to reach the owner of a site.
 *
 * <p>Mail, webhooks and text messages say themselves where to. The others are named: their addresses are secrets, or come
 * with one, and are stored under the name.
 */
@Json(typeProperty = "type")
@Json.SubType(type = Channel.Email.class, name = "email")
@Json.SubType(type = Channel.Webhook.class, name = "webhook")
@Json.SubType(type = Channel.Sms.class, name = "sms")
@Json.SubType(type = Channel.Slack.class, name = "slack")
@Json.SubType(type = Channel.Teams.class, name = "teams")
@Json.SubType(type = Channel.PagerDuty.class, name = "pagerduty")
@Json.SubType(type = Channel.Telegram.class, name = "telegram")
@Json.SubType(type = Channel.Messenger.class, name = "messenger")
public sealed interface Channel {
    /** The kinds there are, by their words in JSON. */
    List<String> TYPES = List.of("email", "webhook", "sms", "slack", "teams", "pagerduty", "telegram", "messenger");

    /**
     * Reads what {@link #id} writes, for example {@code slack:ops} or {@code email:jane@example.com}.
     *
     * @throws InvalidInputException with the field {@code channel}, or the one that a channel of that kind has
     */
    static Channel ofId(String id) {
        int colon = id.indexOf(':');
        var where = id.substring(colon + 1);
        return switch (id.substring(0, Math.max(colon, 0))) {
            case "email" -> new Email(where);
            case "webhook" -> new Webhook(where);
            case "sms" -> new Sms(where);
            case "slack" -> new Slack(where);
            case "teams" -> new Teams(where);
            case "pagerduty" -> new PagerDuty(where);
            case "telegram" -> new Telegram(where);
            case "messenger" -> new Messenger(where);
            default ->
                throw new InvalidInputException(
                        "channel",
                        "must be a kind, a colon and where to, such as slack:ops or email:jane@example.com; the kinds are "
                                + String.join(", ", TYPES));
        };
    }

    /** The identity within an owner's channels, for example {@code email:jane@example.com}. */
    String id();

    /** The word in JSON, for example {@code email}. */
    default String type() {
        return id().substring(0, id().indexOf(':'));
    }

    /** The same as part of a table's key, which has its limits: long ones are told by a fingerprint. */
    default String key() {
        return id().length() <= 300 ? id() : type() + ":" + Fingerprint.of(id());
    }

    /** What people call it, without anything that could be a secret, for example {@code Slack (ops)}. */
    String displayName();

    /** Whether a program reads it, which wants each message, as it comes: nobody is disturbed by many. */
    default boolean isProgram() {
        return switch (this) {
            case Webhook _, PagerDuty _ -> true;
            case Email _, Sms _, Slack _, Teams _, Telegram _, Messenger _ -> false;
        };
    }

    /** One whose settings are stored under a name, of an owner or of the deployment. */
    sealed interface Stored extends Channel permits Slack, Teams, PagerDuty, Telegram, Messenger {
        /** 1 to 40 letters, digits, hyphens and underscores. */
        String name();
    }

    /**
     * A mail to one address.
     *
     * @param address RFC 5321 mailbox of printable ASCII, at most 254 characters
     */
    @Json
    record Email(String address) implements Channel {
        private static final int LONGEST = 254;
        private static final Pattern MAILBOX =
                Pattern.compile("(?!\\.|[^@]*\\.[.@])[\\x21-\\x7e&&[^@<>,;:\"\\\\()\\[\\]]]{1,64}@" + label() + "(\\."
                        + label() + ")*");

        public Email {
            Required.field("address", address);
            // No RFC 5322 quoted forms: mail systems refuse them, and header injection needs white space.
            if (address.length() > LONGEST || !MAILBOX.matcher(address).matches()) {
                throw new InvalidInputException("address", "is no mail address such as jane@example.com");
            }
        }

        @Override
        public String id() {
            return "email:" + address;
        }

        @Override
        public String displayName() {
            return "mail to " + address;
        }

        private static String label() {
            return "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        }
    }

    /**
     * A signed POST after Standard Webhooks.
     *
     * @param url an http or https URL without credentials, at most 2,048 characters
     */
    @Json
    record Webhook(String url) implements Channel {
        private static final int LONGEST = 2048;

        public Webhook {
            Required.field("url", url);
            if (url.length() > LONGEST) {
                throw new InvalidInputException("url", "is longer than " + LONGEST + " characters");
            }
            var uri = uri(url);
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw new InvalidInputException("url", "is no webhook address such as https://example.com/hooks");
            }
            if (uri.getPort() == 0 || uri.getPort() > 65_535) {
                throw new InvalidInputException("url", "has the port " + uri.getPort() + "; use 1 to 65535");
            }
            if (uri.getUserInfo() != null) {
                throw new InvalidInputException(
                        "url", "holds a user name or password; the signature proves who sent it");
            }
        }

        @Override
        public String id() {
            return "webhook:" + url;
        }

        /** Path and query may be secrets, as those of many no-code services are. */
        @Override
        public String displayName() {
            return "the webhook at " + uri(url).getHost();
        }

        private static URI uri(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException invalid) {
                throw new InvalidInputException("url", "is no webhook address such as https://example.com/hooks");
            }
        }
    }

    /**
     * A text message to a telephone.
     *
     * @param number E.164: {@code +}, the country and the number, 8 to 15 digits in all
     */
    @Json
    record Sms(String number) implements Channel {
        private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");

        public Sms {
            Required.field("number", number);
            if (!E164.matcher(number).matches()) {
                throw new InvalidInputException("number", "is no telephone number in E.164 such as +4915112345678");
            }
        }

        @Override
        public String id() {
            return "sms:" + number;
        }

        @Override
        public String displayName() {
            return "SMS to " + number;
        }
    }

    /**
     * A channel of Slack, by an incoming webhook.
     *
     * @param name 1 to 40 letters, digits, hyphens and underscores
     */
    @Json
    record Slack(String name) implements Stored {
        public Slack {
            requireName(name);
        }

        @Override
        public String id() {
            return "slack:" + name;
        }

        @Override
        public String displayName() {
            return "Slack (" + name + ")";
        }
    }

    /**
     * A channel or chat of Microsoft Teams, by a workflow.
     *
     * @param name 1 to 40 letters, digits, hyphens and underscores
     */
    @Json
    record Teams(String name) implements Stored {
        public Teams {
            requireName(name);
        }

        @Override
        public String id() {
            return "teams:" + name;
        }

        @Override
        public String displayName() {
            return "Microsoft Teams (" + name + ")";
        }
    }

    /**
     * A service of PagerDuty, by its Events API v2 integration.
     *
     * @param name 1 to 40 letters, digits, hyphens and underscores
     */
    @Json
    record PagerDuty(String name) implements Stored {
        public PagerDuty {
            requireName(name);
        }

        @Override
        public String id() {
            return "pagerduty:" + name;
        }

        @Override
        public String displayName() {
            return "PagerDuty (" + name + ")";
        }
    }

    /**
     * A chat of Telegram, by a bot.
     *
     * @param name 1 to 40 letters, digits, hyphens and underscores
     */
    @Json
    record Telegram(String name) implements Stored {
        public Telegram {
            requireName(name);
        }

        @Override
        public String id() {
            return "telegram:" + name;
        }

        @Override
        public String displayName() {
            return "Telegram (" + name + ")";
        }
    }

    /**
     * A person on Facebook Messenger, by a page's token.
     *
     * @param name 1 to 40 letters, digits, hyphens and underscores
     */
    @Json
    record Messenger(String name) implements Stored {
        public Messenger {
            requireName(name);
        }

        @Override
        public String id() {
            return "messenger:" + name;
        }

        @Override
        public String displayName() {
            return "Messenger (" + name + ")";
        }
    }

    private static void requireName(String name) {
        Required.field("name", name);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
            throw new InvalidInputException(
                    "name", "must be 1 to 40 letters, digits, hyphens and underscores, such as ops");
        }
    }
}
