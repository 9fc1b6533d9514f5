package io.sockfd.netlink;

import io.sockfd.Errno;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From messages to values. */
final class Dump {
    /** How often a list is read that changes all the time. */
    static final int ATTEMPTS = 20;

    private Dump() {}

    /** Begins a request. */
    interface Request {
        void begin() throws IOException;
    }

    /** Reads a message; null leaves it out. */
    interface Decode<T> {
        @Nullable
        T decode(NetlinkMessage message) throws IOException;
    }

    /** Everything that a dump gives, consistent. */
    static <T> List<T> list(Netlink netlink, Request request, Decode<T> decode) throws IOException {
        List<T> list = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            list.clear();
            request.begin();
            netlink.send();
            while (netlink.next()) {
                T value = decode.decode(netlink.message());
                if (value != null) {
                    list.add(value);
                }
            }
            if (!netlink.dumpInterrupted()) {
                return list;
            }
        }
        throw new NetlinkException(
                Errno.EINTR, "recv", "dump", "what was listed changed during each of " + ATTEMPTS + " attempts");
    }

    /** The one message that answers the request. */
    static <T> T one(Netlink netlink, Decode<T> decode) throws IOException {
        netlink.send();
        T found = null;
        while (netlink.next()) {
            T value = decode.decode(netlink.message());
            found = found == null ? value : found;
        }
        if (found == null) {
            throw new MalformedMessageException("a request was acknowledged and not answered");
        }
        return found;
    }

    /** Other families may be in a dump of all; every struct of rtnetlink begins with its family. */
    static boolean isInternet(NetlinkMessage message, int structSize) throws MalformedMessageException {
        int family = message.buffer().get(message.atLeast(structSize)) & 0xff;
        return family == Linux.AF_INET || family == Linux.AF_INET6;
    }
}
