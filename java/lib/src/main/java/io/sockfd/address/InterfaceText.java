package io.sockfd.address;

import io.sockfd.raw.BackendException;
import java.net.SocketException;

/** How an interface index is written. */
enum InterfaceText {
    /** The number: exact, and no call is needed. */
    INDEX,
    /** The name, where the index has one that reads back as itself. */
    NAME;

    /** @param index unsigned */
    String of(int index) {
        if (this == INDEX || index <= 0) {
            return Integer.toUnsignedString(index);
        }
        try {
            String name = Interfaces.name(index);
            return name.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.toString(index) : name;
        } catch (SocketException | BackendException e) {
            return Integer.toString(index); // gone, of another namespace, or nobody to ask
        }
    }
}
