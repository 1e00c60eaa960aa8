package dev.certtide.probe.visit.starttls;

import dev.certtide.model.Target;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * RFC 6120, 5: a stream is opened, its features offer {@code starttls}, and the server proceeds. Tags are found by their
 * names, tag by tag; nothing that a server sends is given to an XML parser.
 */
final class Xmpp implements Starttls {
    /** Servers among themselves (RFC 6120, 14.3); clients otherwise. */
    private static final int SERVER_PORT = 5269;

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final Pattern FEATURES_END = Pattern.compile("<(/(\\w+:)?features\\s*|(\\w+:)?features\\b.*/)");
    private static final Pattern STARTTLS = Pattern.compile("<(\\w+:)?starttls\\b.*", Pattern.DOTALL);
    private static final Pattern PROCEED = Pattern.compile("<(\\w+:)?proceed\\b.*", Pattern.DOTALL);
    private static final Pattern END =
            Pattern.compile("</(\\w+:)?stream\\s*|<(\\w+:)?(failure|error)\\b.*", Pattern.DOTALL);

    @Override
    public void ask(PlainConnection connection, Target target) throws IOException {
        connection.send("<?xml version='1.0'?><stream:stream xmlns='%s' xmlns:stream='http://etherx.jabber.org/streams'"
                        .formatted(target.port() == SERVER_PORT ? "jabber:server" : "jabber:client")
                + " to='" + target.host() + "' version='1.0'>");
        boolean offered = false;
        for (String tag = nextTag(connection); !FEATURES_END.matcher(tag).matches(); tag = nextTag(connection)) {
            if (END.matcher(tag).matches()) {
                throw new NotUpgradedException("the server ended the stream with " + PlainConnection.quote(tag + ">"));
            }
            offered |= STARTTLS.matcher(tag).matches();
        }
        if (!offered) {
            throw new NotUpgradedException("the server's stream features offer no starttls");
        }
        connection.send("<starttls xmlns='" + NAMESPACE + "'/>");
        String answer = nextTag(connection);
        if (!PROCEED.matcher(answer).matches()) {
            throw new NotUpgradedException("the server answered starttls with " + PlainConnection.quote(answer + ">"));
        }
        if (!answer.endsWith("/")) {
            nextTag(connection); // </proceed>
        }
        connection.requireSilence();
    }

    /** The next tag without its closing bracket, whatever white space or text comes before it. */
    private static String nextTag(PlainConnection connection) throws IOException {
        String text = connection.readUntil('>');
        int start = text.indexOf('<');
        if (start < 0) {
            throw new NotUpgradedException("the server does not speak XMPP: it said " + PlainConnection.quote(text));
        }
        return text.substring(start);
    }
}
