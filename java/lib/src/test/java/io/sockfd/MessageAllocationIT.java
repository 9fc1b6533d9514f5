package io.sockfd;

import static io.sockfd.MessageCalls.LIBC;
import static io.sockfd.MessageCalls.name;
import static io.sockfd.MessageCalls.room;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The steady state makes no garbage: measured on FFM and JNI, printed on jnr, whose own calls may allocate. */
class MessageAllocationIT {
    private static final int OPERATIONS = 20_000;
    private static final int MOST_ROUNDS = Leg.allocatesNothing() ? 60 : 1;
    private static final int WARM_UP = 40_000;

    @FunctionalInterface
    private interface Operation {
        long run();
    }

    private static void measure(String what, Operation operation, int warmUp, int operations) {
        long expected = operation.run();
        for (int i = 0; i < warmUp; i++) {
            if (operation.run() != expected) {
                throw new AssertionError(what);
            }
        }
        long best = Long.MAX_VALUE;
        // the compiler may still be at it in the first rounds; garbage of every operation would show in all of them
        for (int round = 0; round < MOST_ROUNDS && best != 0; round++) {
            long before = Allocations.soFar();
            for (int i = 0; i < operations; i++) {
                operation.run();
            }
            best = Math.min(best, Allocations.soFar() - before);
        }
        String backend = Backend.chosen().name();
        System.out.println(what + " on " + backend + ": " + best + " bytes in " + operations + " operations");
        if (Leg.allocatesNothing()) {
            assertEquals(0, best, what);
        }
    }

    @Test
    void messagesWithAddressesAndControlData() throws IOException {
        try (MessageCalls calls = new MessageCalls();
                Message out = new Message();
                Message in = new Message()) {
            int a = calls.udp("127.0.0.1");
            int b = calls.udp("127.0.0.1");
            MessageCalls.set(b, Linux.SOL_IP, Linux.IP_RECVTTL, 1);
            MessageCalls.set(b, Linux.SOL_IP, Linux.IP_PKTINFO, 1);
            MessageCalls.set(b, Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS, 1);
            ByteBuffer head = room(16);
            ByteBuffer body = ByteBuffer.allocate(48);
            ByteBuffer target = room(128);
            Sockaddr from = new Sockaddr();
            out.address(name(b));
            in.address(from);
            measure(
                    "sendmsg and recvmsg",
                    () -> {
                        out.data(head.clear())
                                .addData(body.clear())
                                .outgoing()
                                .clear()
                                .ttl(9)
                                .tos(4);
                        out.beforeSend(Long.MAX_VALUE);
                        out.afterSend(LIBC.sendmsg(a, out.header(), 0));
                        in.data(target.clear()).beforeReceive(Long.MAX_VALUE);
                        in.afterReceive(LIBC.recvmsg(b, in.header(), Linux.MSG_CMSG_CLOEXEC));
                        ControlReader r = in.incoming();
                        ControlCursor c = in.incoming().cursor();
                        int cmsgs = 0;
                        while (c.next()) {
                            cmsgs += c.length() > 0 ? 1 : 0;
                        }
                        long known = r.timestampNanos() > 0 && r.pktinfoIfindex() > 0 ? 1 : 0;
                        return in.length() * 1000 + r.ttl() * 10L + cmsgs + known + from.length();
                    },
                    WARM_UP,
                    OPERATIONS);
        }
    }

    @Test
    void batches() throws IOException {
        int n = 16;
        try (MessageCalls calls = new MessageCalls();
                MessageBatch out = new MessageBatch(n, 1, 64);
                MessageBatch in = new MessageBatch(n, 1, 64)) {
            int a = calls.udp("127.0.0.1");
            int b = calls.udp("127.0.0.1");
            Sockaddr to = name(b);
            ByteBuffer[] sent = new ByteBuffer[n];
            ByteBuffer[] received = new ByteBuffer[n];
            for (int i = 0; i < n; i++) {
                sent[i] = room(64);
                received[i] = room(64);
                out.get(i).address(to);
                in.get(i).address(new Sockaddr());
            }
            measure(
                    "sendmmsg and recvmmsg of " + n,
                    () -> {
                        for (int i = 0; i < n; i++) {
                            out.get(i).data(sent[i].clear());
                            in.get(i).data(received[i].clear());
                        }
                        out.beforeSend(0, n);
                        out.afterSend(0, n, LIBC.sendmmsg(a, out.header(0), n, 0));
                        in.beforeReceive(0, n);
                        in.afterReceive(0, n, LIBC.recvmmsg(b, in.header(0), n, Linux.MSG_DONTWAIT, 0));
                        return out.count() * 1000L + in.count();
                    },
                    WARM_UP / n,
                    OPERATIONS / n);
        }
    }

    @Test
    void descriptorsThatNobodyTakes() throws IOException {
        try (MessageCalls calls = new MessageCalls();
                Message out = new Message();
                Message in = new Message()) {
            int[] pair = calls.pair(Linux.SOCK_STREAM);
            ByteBuffer one = room(1);
            ByteBuffer target = room(1);
            measure(
                    "SCM_RIGHTS",
                    () -> {
                        out.data(one.clear()).outgoing().clear().rights(pair[0]);
                        out.beforeSend(Long.MAX_VALUE);
                        out.afterSend(LIBC.sendmsg(pair[0], out.header(), 0));
                        in.data(target.clear()).beforeReceive(Long.MAX_VALUE);
                        in.afterReceive(LIBC.recvmsg(pair[1], in.header(), Linux.MSG_CMSG_CLOEXEC));
                        return in.descriptorCount();
                    },
                    WARM_UP,
                    OPERATIONS);
        }
    }
}
