package io.sockfd.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A connect, from its call to its result. */
@Name("io.sockfd.Connect")
@Label("Socket Connect")
@Description("A connect(2) of a sockfd socket")
@Threshold("20 ms")
public final class ConnectEvent extends SocketEvent {
    private ConnectEvent() {}

    /** Begins now. */
    public static OperationEvent start() {
        ConnectEvent event = new ConnectEvent();
        event.begin();
        return event;
    }
}
