package io.sockfd.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** What the events of sockets have in common. It must not name those below it: the recorder's hooks do not like a circle. */
@Category({"Java Application", "sockfd"})
abstract class SocketEvent extends Event implements OperationEvent {
    @Label("Descriptor")
    int descriptor;

    @Label("Local Address")
    @Nullable
    String localAddress;

    @Label("Remote Address")
    @Nullable
    String remoteAddress;

    @Label("Error")
    @Nullable
    String error;

    SocketEvent() {}

    @Override
    public final boolean ended() {
        end();
        return shouldCommit();
    }

    @Override
    public final void record(int fd, @Nullable String local, @Nullable String remote, @Nullable String failure) {
        descriptor = fd;
        localAddress = local;
        remoteAddress = remote;
        error = failure;
        commit();
    }
}
