package io.sockfd.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A connection that was accepted, and how long it was waited for. */
@Name("io.sockfd.Accept")
@Label("Socket Accept")
@Description("A connection that a sockfd socket accepted; the duration is how long it was waited for")
@Threshold("0 ms")
public final class AcceptEvent extends SocketEvent {
    private AcceptEvent() {}

    /** Begins now. */
    public static OperationEvent start() {
        AcceptEvent event = new AcceptEvent();
        event.begin();
        return event;
    }
}
