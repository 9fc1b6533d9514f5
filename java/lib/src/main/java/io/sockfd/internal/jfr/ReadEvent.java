package io.sockfd.internal.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A receive that had to wait. */
@Name("io.sockfd.Read")
@Label("Socket Read")
@Description("A receive of a sockfd socket that had to wait")
@Threshold("20 ms")
public final class ReadEvent extends SocketEvent implements TransferEvent {
    @Label("Bytes Read")
    @DataAmount
    long bytesRead;

    @Label("Messages")
    int messages;

    private ReadEvent() {}

    /** Begins now. */
    public static TransferEvent start() {
        ReadEvent event = new ReadEvent();
        event.begin();
        return event;
    }

    @Override
    public void moved(long bytes, int count) {
        bytesRead = bytes;
        messages = count;
    }
}
