package io.sockfd.internal.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A send that had to wait. */
@Name("io.sockfd.Write")
@Label("Socket Write")
@Description("A send of a sockfd socket that had to wait")
@Threshold("20 ms")
public final class WriteEvent extends SocketEvent implements TransferEvent {
    @Label("Bytes Written")
    @DataAmount
    long bytesWritten;

    @Label("Messages")
    int messages;

    private WriteEvent() {}

    /** Begins now. */
    public static TransferEvent start() {
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
