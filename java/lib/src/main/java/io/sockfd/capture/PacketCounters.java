package io.sockfd.capture;

import io.sockfd.internal.wait.Life;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.TpacketStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.OptionalLong;

/**
 * What the kernel counts for a packet socket. It sets its counters to 0 when it is asked; two may ask here, JMX for all since the
 * socket's birth and {@link PacketSocket#statistics} for what is new to it, and neither takes anything from the other. It does
 * not keep the socket.
 */
final class PacketCounters implements ReceiveRingMXBean {
    private final Life life;
    private long packets;
    private long drops;
    private long freezes;
    private long toldPackets;
    private long toldDrops;
    private long toldFreezes;

    PacketCounters(Life life) {
        this.life = life;
    }

    /** What came since the last call of this. */
    synchronized TpacketStats sinceLast() throws IOException {
        boolean ring = ask().freezeQCount().isPresent();
        OptionalLong newFreezes = ring ? OptionalLong.of(freezes - toldFreezes) : OptionalLong.empty();
        TpacketStats since = new TpacketStats(packets - toldPackets, drops - toldDrops, newFreezes);
        toldPackets = packets;
        toldDrops = drops;
        toldFreezes = freezes;
        return since;
    }

    /** Adds what the kernel has, and gives it. */
    private TpacketStats ask() throws IOException {
        int fd = life.enter();
        try {
            TpacketStats more = PacketOptions.PACKET_STATISTICS.get(fd);
            packets += more.packets();
            drops += more.drops();
            freezes += more.freezeQCount().orElse(0);
            return more;
        } finally {
            life.exit();
        }
    }

    /** For JMX, which may come while the socket is closed: then what was known last stays. */
    private void askIfOpen() {
        try {
            TpacketStats ignored = ask();
        } catch (ClosedChannelException e) {
            // this bean is about to leave
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int getDescriptor() {
        return life.fd();
    }

    @Override
    public synchronized long getPackets() {
        askIfOpen();
        return packets;
    }

    @Override
    public synchronized long getDrops() {
        askIfOpen();
        return drops;
    }

    @Override
    public synchronized long getFreezes() {
        askIfOpen();
        return freezes;
    }
}
