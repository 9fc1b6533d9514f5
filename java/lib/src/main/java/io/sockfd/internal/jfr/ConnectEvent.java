package io.sockfd.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A connect, from its call to its result. */
@Name("io.sockfd.Connect")
@Label("Socket Connect")
@Description("A connect(2) of a sockfd socket")
@Threshold("20 ms")
public final class ConnectEvent extends SocketEvent {
    private ConnectEvent() {}

    /** Begins now; null where no recording wants it. */
    public static @Nullable OperationEvent start() {
        if (!new ConnectEvent().isEnabled()) { // an object that is not kept is none once this is compiled
            return null;
        }
        ConnectEvent event = new ConnectEvent();
        event.begin();
        return event;
    }
}
