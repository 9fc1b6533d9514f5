package io.sockfd;

import static io.sockfd.MessageCalls.LIBC;
import static io.sockfd.MessageCalls.receive;
import static io.sockfd.MessageCalls.room;
import static io.sockfd.MessageCalls.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Cmsghdr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every size of control buffer, in steps of 4 bytes (on most backends 20), with every number of descriptors. */
@Tag("once")
@Tag("grid")
class RightsGridIT {
    private static final int LARGEST = 1032;
    private static final int STEP = Leg.isLong() ? 4 : 20;
    private static final int AT_LEAST = 200_000 / STEP;

    private final ByteBuffer data = room(1);
    private final Message out = new Message();
    private long messages;
    private long descriptors;

    /** What the kernel installs: as many numbers as fit behind one head. */
    private static int expected(int capacity, int sent) {
        return capacity < Cmsghdr.SIZE ? 0 : Math.min(sent, (capacity - Cmsghdr.SIZE) / Integer.BYTES);
    }

    @Test
    void noDescriptorIsEverLost() throws IOException {
        int before = DescriptorGuard.open().size();
        try (MessageCalls calls = new MessageCalls()) {
            int[] pair = calls.pair(Linux.SOCK_DGRAM);
            int passed = pair[0];
            for (int capacity = 0; capacity <= LARGEST; capacity += STEP) {
                try (Message in = new Message(1, capacity)) {
                    for (int sent = 0; sent <= Linux.SCM_MAX_FD; sent++) {
                        one(pair, in, passed, capacity, sent);
                    }
                }
            }
        }
        assertTrue(messages >= AT_LEAST, messages + " messages");
        assertEquals(before, DescriptorGuard.open().size(), "after " + descriptors + " descriptors");
        System.out.println("SCM_RIGHTS grid: " + messages + " messages, " + descriptors + " descriptors received");
    }

    private void one(int[] pair, Message in, int passed, int capacity, int sent) throws IOException {
        int[] fds = new int[sent];
        Arrays.fill(fds, passed);
        boolean two = sent > 1 && sent % 5 == 0;
        out.reserveControl(LARGEST + Cmsghdr.SIZE * 2).outgoing().clear();
        if (two) {
            int half = sent / 2;
            out.outgoing().rights(Arrays.copyOf(fds, half)).rights(Arrays.copyOfRange(fds, half, sent));
        } else if (sent > 0) {
            out.outgoing().rights(fds);
        }
        assertEquals(1, send(pair[0], out.data(data.clear()), 0));
        if (sent % 11 == 3) {
            check(pair, in, capacity, sent, Linux.MSG_PEEK); // installs duplicates, which the next use closes
        }
        check(pair, in, capacity, sent, 0);
    }

    private void check(int[] pair, Message in, int capacity, int sent, int flags) throws IOException {
        in.data(data.clear()).beforeReceive(Long.MAX_VALUE);
        long n = LIBC.recvmsg(pair[1], in.header(), flags | Linux.MSG_CMSG_CLOEXEC | Linux.MSG_DONTWAIT);
        in.afterReceive(n);
        assertEquals(1, n);
        int arrived = expected(capacity, sent);
        String where = capacity + " bytes, " + sent + " descriptors";
        assertEquals(arrived, in.descriptorCount(), where);
        assertEquals(arrived < sent, in.controlTruncated(), where);
        for (int i = 0; i < arrived; i += Math.max(1, arrived / 3)) {
            assertEquals(Linux.FD_CLOEXEC, LIBC.fcntl(in.descriptor(i), Linux.F_GETFD, 0), where);
        }
        messages++;
        descriptors += arrived;
        if (messages % 50 == 0) {
            take(in, sent, arrived);
        }
    }

    private static void take(Message in, int sent, int arrived) throws IOException {
        if (arrived < sent) {
            TruncatedMessageException e = assertThrows(TruncatedMessageException.class, () -> in.takeDescriptors(sent));
            assertEquals(arrived, e.arrived());
        } else {
            Descriptor[] taken = in.takeDescriptors(sent / 2);
            assertEquals(sent / 2, taken.length);
            for (Descriptor descriptor : taken) {
                descriptor.close();
            }
        }
        assertEquals(0, in.descriptorCount());
    }

    @Test
    void aPeerThatClosesTakesItsDescriptorsAlong() throws IOException {
        int before = DescriptorGuard.open().size();
        try (MessageCalls calls = new MessageCalls();
                Message in = new Message(1, 64)) {
            for (int i = 0; i < 500; i++) {
                int[] pair = calls.pair(Linux.SOCK_STREAM);
                out.outgoing().clear().rights(pair[0], pair[1]);
                assertEquals(1, send(pair[0], out.data(data.clear()), 0));
                calls.close(pair[0]);
                if (i % 2 == 0) {
                    assertEquals(1, receive(pair[1], in.data(data.clear()), Linux.MSG_DONTWAIT));
                    assertEquals(2, in.descriptorCount());
                    in.clear(); // the last reference to the sender's end
                    assertEquals(0, receive(pair[1], in.data(data.clear()), Linux.MSG_DONTWAIT));
                }
                calls.close(pair[1]);
            }
        }
        assertEquals(before, DescriptorGuard.open().size());
    }
}
