package io.sockfd.capture;

import java.io.IOException;

/** A capture file is not what it says, or ends in the middle. The message says where and what. */
public final class PcapFormatException extends IOException {
    private static final long serialVersionUID = 1;

    PcapFormatException(String message) {
        super(message);
    }
}
