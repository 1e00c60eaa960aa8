package dev.certtide.model;

import io.avaje.jsonb.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** A way to reach the owner of a site. */
@Json(typeProperty = "type")
@Json.SubType(type = Channel.Email.class, name = "email")
@Json.SubType(type = Channel.Webhook.class, name = "webhook")
public sealed interface Channel {
    /** The identity within an owner's channels, for example {@code email:jane@example.com}. */
    String id();

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

        private static URI uri(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException invalid) {
                throw new InvalidInputException("url", "is no webhook address such as https://example.com/hooks");
            }
        }
    }
}
