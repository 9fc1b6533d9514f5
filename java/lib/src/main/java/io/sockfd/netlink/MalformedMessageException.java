package io.sockfd.netlink;

import java.net.ProtocolException;

/** A message or an attribute is shorter, or says that it is longer, than it can be. What follows it cannot be read. */
public final class MalformedMessageException extends ProtocolException {
    private static final long serialVersionUID = 1;

    MalformedMessageException(String message) {
        super(message);
    }
}
