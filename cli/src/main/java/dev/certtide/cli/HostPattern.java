package dev.certtide.cli;

import dev.certtide.model.Target;
import java.util.regex.Pattern;

/**
 * Which targets somebody means who names a host: all of it, unless a port or a scheme is named, whichever roots are trusted
 * for them; or the one whose id it is.
 */
final class HostPattern {
    private static final Pattern WITH_PORT = Pattern.compile(".*:\\d+/?");

    private final Target target;
    private final boolean isExact;

    /** @throws dev.certtide.model.InvalidInputException when it is no host */
    HostPattern(String text) {
        target = Target.ofId(text);
        isExact = text.contains("://") || WITH_PORT.matcher(text).matches();
    }

    /** The target itself; where only a host was named, that of https. */
    Target target() {
        return target;
    }

    /** Whether no other target can be meant, but those of the same place that are checked by private roots. */
    boolean isExact() {
        return isExact;
    }

    boolean matches(Target other) {
        return target.roots().isPresent()
                ? target.equals(other)
                : isExact ? target.url().equals(other.url()) : target.host().equals(other.host());
    }
}
