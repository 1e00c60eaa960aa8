package dev.certtide.probe.path;

/** Bytes that are not the DER that they should be. */
public final class MalformedDerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedDerException(String message) {
        super(message);
    }
}
