package io.sockfd.xdp;

import io.sockfd.Errors;
import io.sockfd.internal.wait.Life;
import io.sockfd.option.XdpStatistics;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** What the kernel counts for a socket; it does not keep the socket. */
record XdpCounters(Life life, int ifindex, int queue) implements XdpSocketMXBean {
    XdpStatistics read() throws IOException {
        int size = io.sockfd.raw.struct.XdpStatistics.SIZE;
        ByteBuffer b = Memory.allocate(size + Integer.BYTES);
        b.putInt(size, size);
        long address = Memory.address(b);
        int fd = life.enter();
        try {
            int result = Libc.get().getsockopt(fd, Linux.SOL_XDP, Linux.XDP_STATISTICS, address, address + size);
            Errors.check(result, "getsockopt", "XDP_STATISTICS");
        } finally {
            life.exit();
            Reference.reachabilityFence(b);
        }
        return new XdpStatistics(
                io.sockfd.raw.struct.XdpStatistics.rx_dropped(b, 0),
                io.sockfd.raw.struct.XdpStatistics.rx_invalid_descs(b, 0),
                io.sockfd.raw.struct.XdpStatistics.tx_invalid_descs(b, 0),
                io.sockfd.raw.struct.XdpStatistics.rx_ring_full(b, 0),
                io.sockfd.raw.struct.XdpStatistics.rx_fill_ring_empty_descs(b, 0),
                io.sockfd.raw.struct.XdpStatistics.tx_ring_empty_descs(b, 0));
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
