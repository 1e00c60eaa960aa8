package dev.certtide.model.address;

import java.io.IOException;

/** An address or a port that Certtide does not visit for anybody. The message says why. */
public final class AddressBlockedException extends IOException {
    private static final long serialVersionUID = 1L;

    public AddressBlockedException(String reason) {
        super(reason);
    }
}
