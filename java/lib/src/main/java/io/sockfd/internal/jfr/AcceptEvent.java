package io.sockfd.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A connection that was accepted, and how long it was waited for. */
@Name("io.sockfd.Accept")
@Label("Socket Accept")
@Description("A connection that a sockfd socket accepted; the duration is how long it was waited for")
@Threshold("0 ms")
public final class AcceptEvent extends SocketEvent {
    private AcceptEvent() {}

    /** Begins now; null where no recording wants it. */
    public static @Nullable OperationEvent start() {
        if (!new AcceptEvent().isEnabled()) { // an object that is not kept is none once this is compiled
            return null;
        }
        AcceptEvent event = new AcceptEvent();
        event.begin();
        return event;
    }
}
