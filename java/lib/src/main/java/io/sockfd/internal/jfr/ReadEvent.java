package io.sockfd.internal.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A receive, with what it waited. */
@Name("io.sockfd.Read")
@Label("Socket Read")
@Description("A receive of a sockfd socket, with its wait")
@Threshold("20 ms")
public final class ReadEvent extends SocketEvent implements TransferEvent {
    @Label("Bytes Read")
    @DataAmount
    long bytesRead;

    @Label("Messages")
    int messages;

    @Label("End of Stream")
    @Description("Nothing was read, because the peer sends no more")
    boolean endOfStream;

    private ReadEvent() {}

    /** Begins now; null where no recording wants it. */
    public static @Nullable TransferEvent start() {
        if (!new ReadEvent().isEnabled()) { // an object that is not kept is none once this is compiled
            return null;
        }
        ReadEvent event = new ReadEvent();
        event.begin();
        return event;
    }

    @Override
    public void moved(long bytes, int count) {
        bytesRead = Math.max(0, bytes);
        endOfStream = bytes < 0;
        messages = count;
    }
}
