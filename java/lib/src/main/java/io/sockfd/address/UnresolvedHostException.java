package io.sockfd.address;

import java.nio.channels.UnresolvedAddressException;

/** The JDK's exception for a host name without an address, with a message, which that one does not have. */
final class UnresolvedHostException extends UnresolvedAddressException {
    private static final long serialVersionUID = 1;

    private final String host;

    UnresolvedHostException(String host) {
        this.host = host;
    }

    @Override
    public String getMessage() {
        return host + " was not resolved: look it up with new InetSocketAddress(host, port) or Addresses.resolve";
    }
}
