package io.sockfd.capture;

import io.sockfd.Errors;
import io.sockfd.internal.wait.Life;
import io.sockfd.option.TpacketStats;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.TpacketStatsV3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.OptionalLong;

/**
 * What the kernel counts for a packet socket. It sets its counters to 0 when it is asked; two may ask here, JMX for all since the
 * socket's birth and {@link PacketSocket#statistics} for what is new to it, and neither takes anything from the other. It does
 * not keep the socket.
 */
final class PacketCounters implements ReceiveRingMXBean {
    private final Life life;
    private final ByteBuffer answer = Memory.allocate(TpacketStatsV3.SIZE + Integer.BYTES);
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
        boolean ring = ask() == TpacketStatsV3.SIZE;
        OptionalLong newFreezes = ring ? OptionalLong.of(freezes - toldFreezes) : OptionalLong.empty();
        TpacketStats since = new TpacketStats(packets - toldPackets, drops - toldDrops, newFreezes);
        toldPackets = packets;
        toldDrops = drops;
        toldFreezes = freezes;
        return since;
    }

    /** Adds what the kernel has; how long its answer is, which tells whether it knows of a ring. */
    private int ask() throws IOException {
        int lengthAt = TpacketStatsV3.SIZE;
        answer.putInt(lengthAt, TpacketStatsV3.SIZE);
        long address = Memory.address(answer);
        int fd = life.enter();
        try {
            int result =
                    Libc.get().getsockopt(fd, Linux.SOL_PACKET, Linux.PACKET_STATISTICS, address, address + lengthAt);
            Errors.check(result, "getsockopt", "PACKET_STATISTICS");
        } finally {
            life.exit();
            Reference.reachabilityFence(answer);
        }
        int length = answer.getInt(lengthAt);
        packets += TpacketStatsV3.tp_packets(answer, 0);
        drops += TpacketStatsV3.tp_drops(answer, 0);
        freezes += length == TpacketStatsV3.SIZE ? TpacketStatsV3.tp_freeze_q_cnt(answer, 0) : 0;
        return length;
    }

    /** For JMX, which may come while the socket is closed: then what was known last stays. */
    private void askIfOpen() {
        try {
            int ignored = ask();
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
