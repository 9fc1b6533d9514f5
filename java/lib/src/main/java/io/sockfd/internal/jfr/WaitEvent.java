package io.sockfd.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A wait for readiness. It is off by default: an idle server waits all the time. */
@Name("io.sockfd.Wait")
@Label("Wait for Readiness")
@Description("A poll of a sockfd descriptor, or the wait of an Epoll")
@Category({"Java Application", "sockfd"})
@Enabled(false)
@Threshold("20 ms")
public final class WaitEvent extends Event {
    @Label("Descriptor")
    int descriptor;

    @Label("Events")
    @Description("Of poll(2) the events that are there, of an Epoll how many descriptors have some")
    int events;

    private WaitEvent() {}

    /** Begins now. */
    public static WaitEvent start() {
        WaitEvent event = new WaitEvent();
        event.begin();
        return event;
    }

    /** Ends now. */
    public void record(int fd, int ready) {
        end();
        if (shouldCommit()) {
            descriptor = fd;
            events = ready;
            commit();
        }
    }
}
