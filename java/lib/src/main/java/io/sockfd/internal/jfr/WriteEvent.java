package io.sockfd.internal.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A send, with what it waited. */
@Name("io.sockfd.Write")
@Label("Socket Write")
@Description("A send of a sockfd socket, with its wait")
@Threshold("20 ms")
public final class WriteEvent extends SocketEvent implements TransferEvent {
    @Label("Bytes Written")
    @DataAmount
    long bytesWritten;

    @Label("Messages")
    int messages;

    private WriteEvent() {}

    /** Begins now; null where no recording wants it. */
    public static @Nullable TransferEvent start() {
        if (!new WriteEvent().isEnabled()) { // an object that is not kept is none once this is compiled
            return null;
        }
        WriteEvent event = new WriteEvent();
        event.begin();
        return event;
    }

    @Override
    public void moved(long bytes, int count) {
        bytesWritten = bytes;
        messages = count;
    }
}
