package io.sockfd.address;

import java.nio.channels.UnsupportedAddressTypeException;

/** An address that a socket of this domain cannot hold; the message says which and why. */
public final class AddressFamilyException extends UnsupportedAddressTypeException {
    private static final long serialVersionUID = 1;

    private final String message;

    AddressFamilyException(String message) {
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
