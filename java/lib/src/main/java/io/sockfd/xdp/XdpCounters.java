package io.sockfd.xdp;

import io.sockfd.internal.wait.Life;
import io.sockfd.option.XdpOptions;
import io.sockfd.option.XdpStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the kernel counts for a socket; it does not keep the socket. */
record XdpCounters(Life life, int ifindex, int queue) implements XdpSocketMXBean {
    XdpStatistics read() throws IOException {
        int fd = life.enter();
        try {
            return XdpOptions.XDP_STATISTICS.get(fd);
        } finally {
            life.exit();
        }
    }

    private XdpStatistics now() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // closed just now, or the kernel lacks it
        }
    }

    @Override
    public int getDescriptor() {
        return life.fd();
    }

    @Override
    public int getInterfaceIndex() {
        return ifindex;
    }

    @Override
    public int getQueue() {
        return queue;
    }

    @Override
    public long getRxDropped() {
        return now().rxDropped();
    }

    @Override
    public long getRxInvalidDescs() {
        return now().rxInvalidDescs();
    }

    @Override
    public long getTxInvalidDescs() {
        return now().txInvalidDescs();
    }

    @Override
    public long getRxRingFull() {
        return now().rxRingFull();
    }

    @Override
    public long getRxFillRingEmptyDescs() {
        return now().rxFillRingEmptyDescs();
    }

    @Override
    public long getTxRingEmptyDescs() {
        return now().txRingEmptyDescs();
    }
}
