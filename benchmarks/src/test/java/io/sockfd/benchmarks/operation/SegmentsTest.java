package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.option.UdpOptions;
import io.sockfd.raw.Memory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The rows of UDP_SEGMENT and UDP_GRO mean that all datagrams come as one: on loopback they do. */
class SegmentsTest {
    private static final int COUNT = 32;
    private static final int SIZE = 1200;

    @Test
    void comeAsOneMessage() throws IOException {
        try (Socket.Pair pair = DatagramRows.UdpEnds.sockets(true);
                Message out = new Message();
                Message in = new Message()) {
            pair.second().setOption(UdpOptions.UDP_GRO, true);
            out.data(Memory.allocate(COUNT * SIZE)).outgoing().segmentSize(SIZE);
            assertEquals(COUNT * SIZE, pair.first().sendMessage(out, 0));
            assertEquals(COUNT * SIZE, pair.second().receiveMessage(in.data(Memory.allocate(COUNT * SIZE)), 0));
            assertEquals(SIZE, in.incoming().udpGroSegment());
        }
    }

    @Test
    void comeOneByOneToWhoDoesNotAsk() throws IOException {
        try (Socket.Pair pair = DatagramRows.UdpEnds.sockets(true);
                Message out = new Message();
                Message in = new Message()) {
            out.data(Memory.allocate(COUNT * SIZE)).outgoing().segmentSize(SIZE);
            assertEquals(COUNT * SIZE, pair.first().sendMessage(out, 0));
            for (int i = 0; i < COUNT; i++) {
                assertEquals(SIZE, pair.second().receiveMessage(in.data(Memory.allocate(COUNT * SIZE)), 0));
            }
        }
    }
}
