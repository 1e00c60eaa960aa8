package dev.certtide.probe.fetch;

import java.io.IOException;

/** Too much is being fetched here at once. That says nothing of the address: it is asked again by the next check. */
public final class CongestedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason what there is too much of, for people */
    public CongestedException(String reason) {
        super(reason);
    }
}
