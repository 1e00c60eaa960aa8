package dev.certtide.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is checked: a host, a port, how TLS is reached there, and which roots are trusted besides the public ones. Many
 * watches can share one target; it is checked once. Who trusts other roots has another target, so that nobody's roots
 * change what others are told.
 *
 * @param protocol how TLS is reached
 * @param host a DNS name in lower-case A-labels without a trailing dot, or an IP address (IPv6 without brackets, RFC 5952)
 * @param port 1..65535
 * @param roots the name of the {@link PrivateRoots} that are trusted as well, if there are any
 */
public record Target(Protocol protocol, String host, int port, Optional<String> roots) {
    private static final int LONGEST_URL = 16_384;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY_END = Pattern.compile("[/?#]");
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::(.*))?");

    /** No user's URL is read as such an id, since {@link #parse} refuses user names. */
    private static final Pattern ID_WITH_ROOTS =
            Pattern.compile("([a-z0-9]+)://roots-([0-9a-f]+)@([^/?#@\\[\\]]+):([0-9]{1,5})");

    public Target {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(host);
        if (!roots.map(PrivateRoots::isName).orElse(true)) {
            throw new InvalidInputException("privateRoots", "is no name of private roots");
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException("url", "port " + port + " is out of range; use 1 to 65535");
        }
    }

    /** A target by the public roots. */
    public Target(Protocol protocol, String host, int port) {
        this(protocol, host, port, Optional.empty());
    }

    /**
     * Reads what {@link #id} writes, and whatever {@link #parse} reads. Not for what users write: they name roots
     * otherwise.
     *
     * @throws InvalidInputException as {@link #parse} does
     */
    public static Target ofId(String id) {
        var withRoots = ID_WITH_ROOTS.matcher(id);
        if (!withRoots.matches()) {
            return parse(id);
        }
        var host = withRoots.group(3);
        var url = withRoots.group(1) + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":"
                + withRoots.group(4);
        return parse(url).trusting(withRoots.group(2));
    }

    /**
     * Reads {@code https://host[:port][/path]}, a STARTTLS scheme such as {@code smtp://host}, or a bare
     * {@code host[:port]}. Path, query and fragment are passed over.
     *
     * @throws InvalidInputException for anything else, always with the field {@code url}
     */
    public static Target parse(String url) {
        var text = url.strip();
        if (text.isEmpty()) {
            throw new InvalidInputException("url", "is empty; write it as https://host");
        }
        if (text.length() > LONGEST_URL) {
            throw new InvalidInputException(
                    "url", "is " + text.length() + " characters long; use at most " + LONGEST_URL);
        }
        var withScheme = SCHEME.matcher(text);
        if (!withScheme.matches()) {
            var authority = authority(text);
            if (authority.endsWith(":")) {
                throw new InvalidInputException("url", "is not host:port; write it as https://host, with two slashes");
            }
            return ofAuthority(Protocol.HTTPS, authority);
        }
        var scheme = withScheme.group(1);
        var protocol =
                Protocol.ofScheme(scheme).orElseThrow(() -> new InvalidInputException("url", unknownScheme(scheme)));
        return ofAuthority(protocol, authority(withScheme.group(2)));
    }

    private static String unknownScheme(String scheme) {
        return scheme.equalsIgnoreCase("http")
                ? "http has no certificate; publish the https address"
                : "scheme is not one of " + Protocol.knownSchemes();
    }

    private static String authority(String afterScheme) {
        var authority = AUTHORITY_END.split(afterScheme, 2)[0];
        if (authority.indexOf('@') >= 0) {
            throw new InvalidInputException("url", "holds a user name or password; publish it without");
        }
        if (authority.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == '\\')) {
            throw new InvalidInputException("url", "has a space, control character or backslash in its host");
        }
        return authority;
    }

    private static Target ofAuthority(Protocol protocol, String authority) {
        var parts = HOST_PORT.matcher(authority);
        if (!parts.matches()) {
            throw new InvalidInputException(
                    "url", "is not host:port; put an IPv6 address in brackets: https://[2001:db8::1]:443");
        }
        var digits = parts.group(2);
        // First: what looks like a bad port is often an IPv6 address without brackets.
        int port = digits == null || digits.isEmpty() ? protocol.defaultPort() : port(digits);
        return new Target(protocol, HostName.normalise(parts.group(1)), port);
    }

    private static int port(String digits) {
        if (!digits.matches("[0-9]+")) {
            throw new InvalidInputException(
                    "url", "is not host:port; put an IPv6 address in brackets: https://[2001:db8::1]:443");
        }
        if (digits.length() > 5) {
            throw new InvalidInputException("url", "port has " + digits.length() + " digits; use 1 to 65535");
        }
        return Integer.parseInt(digits);
    }

    /** Whether {@link #host} is an IP address and not a name. */
    public boolean isAddress() {
        return HostName.isAddress(host);
    }

    /** {@code host:port}, with brackets around IPv6. */
    public String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The same by the public roots and these. */
    public Target trusting(String privateRoots) {
        return new Target(protocol, host, port, Optional.of(privateRoots));
    }

    /** The same by the public roots alone. */
    public Target byPublicRoots() {
        return new Target(protocol, host, port);
    }

    /**
     * As people write it: {@link #hostAndPort} without the protocol's own port, which goes without saying as {@code https}
     * does, and whether private roots are trusted. For example {@code example.com}, {@code smtp://mx.example.com}.
     */
    public String displayName() {
        var hostAndPort = hostAndPort();
        var place =
                port == protocol.defaultPort() ? hostAndPort.substring(0, hostAndPort.lastIndexOf(':')) : hostAndPort;
        var name = protocol == Protocol.HTTPS ? place : protocol.scheme() + "://" + place;
        return roots.isPresent() ? name + " (private CA)" : name;
    }

    /** Where it is, for example {@code https://example.com:443}, whichever roots are trusted. {@link #parse} reads it. */
    public String url() {
        return protocol.scheme() + "://" + hostAndPort();
    }

    /**
     * The identity: {@link #url}, with the name of the private roots as the user name if there are any:
     * {@code https://roots-0a1b…@example.com:443}. {@link #ofId} reads it back. An IPv6 address stands without brackets
     * beside private roots, since that form is what was published as that of targets.
     */
    public String id() {
        return roots.map(name -> protocol.scheme() + "://roots-" + name + "@" + host + ":" + port)
                .orElseGet(this::url);
    }

    /** The same as {@link #id}. */
    @Override
    public String toString() {
        return id();
    }
}
