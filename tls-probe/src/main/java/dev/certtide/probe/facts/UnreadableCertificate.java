package dev.certtide.probe.facts;

/**
 * A certificate that a server sent and that cannot be taken apart.
 *
 * @param place in the chain as it was sent, from 1, which is the server's own
 * @param reason what the parser said, for people
 */
public record UnreadableCertificate(int place, String reason) {
    /** Whether it is the server's own. */
    public boolean isLeaf() {
        return place == 1;
    }
}
