package io.sockfd;

import static io.sockfd.MessageCalls.LIBC;
import static io.sockfd.MessageCalls.direct;
import static io.sockfd.MessageCalls.receive;
import static io.sockfd.MessageCalls.room;
import static io.sockfd.MessageCalls.send;
import static io.sockfd.MessageCalls.set;
import static io.sockfd.MessageCalls.setOrSkip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descriptors, credentials and processes over UNIX sockets, and who owns them. */
class RightsIT {
    private final MessageCalls calls = new MessageCalls();
    private final Message out = new Message();
    private final Message in = new Message();
    private int[] pair = new int[0];
    private int[] pipe = new int[0];

    @BeforeEach
    void open() throws IOException {
        pair = calls.pair(Linux.SOCK_STREAM);
        pipe = calls.pair(Linux.SOCK_DGRAM);
        out.data(direct("x"));
        in.data(room(1));
    }

    @AfterEach
    void close() {
        out.close();
        in.close();
        calls.close();
    }

    private static boolean isOpen(int fd) {
        return LIBC.fcntl(fd, Linux.F_GETFD, 0) != -Linux.EBADF;
    }

    private void pass(int... fds) {
        out.outgoing().clear().rights(fds);
        assertEquals(1, send(pair[0], out.data(direct("x")), 0));
        assertEquals(1, receive(pair[1], in.data(room(1)), 0));
    }

    @Test
    void takenDescriptorsAreTheCallersAndWork() throws IOException {
        pass(pipe[0]);
        assertEquals(1, in.descriptorCount());
        int number = in.descriptor(0);
        assertEquals(Linux.FD_CLOEXEC, LIBC.fcntl(number, Linux.F_GETFD, 0));
        Descriptor[] taken = in.takeDescriptors(1);
        assertEquals(0, in.descriptorCount());
        assertEquals(number, taken[0].fd());
        in.clear();
        try (Descriptor mine = taken[0]) {
            assertEquals(1, send(mine.fd(), out.data(direct("!")), 0));
            assertEquals(1, receive(pipe[1], in.data(room(4)), 0));
            // and it can be passed on as an object
            out.outgoing().clear().rights(mine);
            assertEquals(1, send(pair[0], out.data(direct("x")), 0));
        }
        assertFalse(isOpen(number));
        assertThrows(IllegalStateException.class, () -> out.outgoing().rights(taken));
    }

    /** Each descriptor gets one owner, however many threads take at once. */
    @Test
    void twoThreadsNeverTakeTheSameDescriptor() throws Exception {
        for (int round = 0; round < 300; round++) {
            pass(pipe[0], pipe[1]);
            CyclicBarrier together = new CyclicBarrier(2);
            Callable<Descriptor[]> take = () -> {
                together.await();
                try {
                    return in.takeDescriptors();
                } catch (IllegalStateException e) {
                    return new Descriptor[0]; // the other one is at it
                }
            };
            FutureTask<Descriptor[]> other = new FutureTask<>(take);
            new Thread(other).start();
            List<Descriptor> taken = new ArrayList<>(List.of(take.call()));
            taken.addAll(List.of(other.get()));
            assertEquals(2, taken.size());
            assertNotEquals(taken.get(0).fd(), taken.get(1).fd());
            for (Descriptor one : taken) {
                assertTrue(isOpen(one.fd()));
                one.close();
            }
        }
    }

    /** The number may be another file's by the time at which the message is sent. */
    @Test
    void whatIsPassedIsTheDescriptorAndNotItsNumber() throws IOException {
        Descriptor passed = Descriptor.open(Path.of("/dev/zero"), Linux.O_RDONLY);
        out.data(direct("x")).outgoing().rights(passed);
        int number = passed.fd();
        passed.close();
        Descriptor stranger = Descriptor.open(Path.of("/etc/passwd"), Linux.O_RDONLY);
        try (Socket.Pair sockets = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                Descriptor good = Descriptor.open(Path.of("/dev/null"), Linux.O_RDONLY)) {
            assertEquals(number, stranger.fd(), "the test is about a number that is used again");
            assertThrows(IllegalStateException.class, () -> sockets.first().sendMessage(out, 0));
            MessageBatch batch = new MessageBatch(2, 1, 64);
            batch.get(0).data(direct("y")).outgoing().rights(good);
            batch.get(1).data(direct("z")).outgoing().rights(good, stranger);
            stranger.close();
            assertThrows(IllegalStateException.class, () -> sockets.first().sendMessages(batch, 0, 2, 0));
            sockets.second().timeout(Socket.NON_BLOCKING);
            assertEquals(Socket.WOULD_BLOCK, sockets.second().receiveMessage(in.data(room(1)), 0));
            // and nobody is left inside
            batch.get(1).outgoing().clear();
            assertEquals(2, sockets.first().sendMessages(batch, 0, 2, 0));
            int released = good.release();
            assertEquals(0, LIBC.close(released));
        }
    }

    /** Each message brings the file that it was given, while others close and open files on the same numbers. */
    @Test
    void closingWhatIsPassedNeverPassesAStranger() throws Exception {
        Object zero = Files.getAttribute(Path.of("/dev/zero"), "unix:rdev");
        try (Socket.Pair sockets = Socket.pair(Domain.UNIX, SocketType.SEQPACKET)) {
            int passed = 0;
            for (int i = 0; i < 500; i++) {
                Descriptor mine = Descriptor.open(Path.of("/dev/zero"), Linux.O_RDONLY);
                out.clear();
                out.data(direct("x")).outgoing().rights(mine);
                Thread closer = new Thread(() -> {
                    try {
                        mine.close();
                        Descriptor.open(Path.of("/dev/null"), Linux.O_RDONLY).close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                closer.start();
                try {
                    sockets.first().sendMessage(out, 0);
                } catch (IllegalStateException e) {
                    continue; // it was closed first
                } finally {
                    closer.join();
                }
                sockets.second().receiveMessage(in.data(room(1)), 0);
                assertEquals(zero, Files.getAttribute(Path.of("/proc/self/fd/" + in.descriptor(0)), "unix:rdev"));
                in.clear();
                passed++;
            }
            System.out.println("passed while it was closed: " + passed + " of 500, and no stranger");
        }
    }

    @Test
    void whatNobodyTakesIsClosedByTheNextUse() {
        pass(pipe[0], pipe[1]);
        int first = in.descriptor(0);
        int second = in.descriptor(1);
        assertTrue(isOpen(first) && isOpen(second));
        assertEquals(-Linux.EAGAIN, receive(pair[1], in, Linux.MSG_DONTWAIT));
        assertFalse(isOpen(first) || isOpen(second));
        assertEquals(0, in.descriptorCount());
        pass(pipe[0]);
        in.clear();
        assertFalse(isOpen(first));
        in.clear();
        pass(pipe[0]);
        in.close();
        assertFalse(isOpen(first));
    }

    @Test
    void surplusDescriptorsAreClosedAndMissingOnesReported() throws IOException {
        pass(pipe[0], pipe[1], pipe[0]);
        int surplus = in.descriptor(2);
        Descriptor[] two = in.takeDescriptors(2);
        assertEquals(2, two.length);
        assertFalse(isOpen(surplus));
        for (Descriptor d : two) {
            d.close();
        }
        pass(pipe[0], pipe[1]);
        int arrived = in.descriptor(0);
        TruncatedMessageException few = assertThrows(TruncatedMessageException.class, () -> in.takeDescriptors(3));
        assertEquals(2, few.arrived());
        assertEquals(
                "2 descriptors arrived where 3 were wanted, all closed: the sender sent no more", few.getMessage());
        assertFalse(isOpen(arrived));
        assertEquals(0, in.takeDescriptors().length);
        assertEquals(0, in.takeDescriptors(0).length);
        assertThrows(IllegalArgumentException.class, () -> in.takeDescriptors(-1));
    }

    @Test
    void aControlBufferForOneTakesTwo() {
        // the padding of CMSG_SPACE(4) has room for a second number: the kernel installs both
        try (Message small = new Message(1, 24)) {
            out.outgoing().rights(pipe[0], pipe[0], pipe[0]);
            send(pair[0], out, 0);
            receive(pair[1], small.data(room(1)), 0);
            assertTrue(small.controlTruncated());
            assertEquals(2, small.descriptorCount());
            int second = small.descriptor(1);
            TruncatedMessageException e = assertThrows(TruncatedMessageException.class, () -> small.takeDescriptors(1));
            assertEquals(2, e.arrived());
            assertTrue(String.valueOf(e.getMessage()).contains("MSG_CTRUNC"), e.getMessage());
            assertFalse(isOpen(second));
        }
    }

    @Test
    void twoControlMessagesArriveAsOne() throws IOException {
        out.outgoing().rights(pipe[0], pipe[0]).rights(pipe[1]);
        assertEquals(1, send(pair[0], out, 0));
        receive(pair[1], in, 0);
        assertEquals(3, in.descriptorCount());
        ControlCursor c = in.incoming().cursor();
        assertTrue(c.next());
        assertEquals(12, c.length());
        assertFalse(c.next());
        // more than 253 over several are refused
        int[] many = new int[253];
        java.util.Arrays.fill(many, pipe[0]);
        out.data(direct("x"))
                .reserveControl(4096)
                .outgoing()
                .clear()
                .rights(many)
                .rights(pipe[0]);
        assertEquals(-Linux.EINVAL, send(pair[0], out, 0));
    }

    @Test
    void peekingInstallsDuplicates() {
        out.outgoing().rights(pipe[0]);
        send(pair[0], out, 0);
        receive(pair[1], in, Linux.MSG_PEEK);
        int peeked = in.descriptor(0);
        try (Message again = new Message()) {
            receive(pair[1], again.data(room(1)), 0);
            assertEquals(1, again.descriptorCount());
            assertTrue(again.descriptor(0) != peeked);
        }
        assertTrue(isOpen(peeked));
        in.clear();
        assertFalse(isOpen(peeked));
    }

    @Test
    void aStreamKeepsDescriptorsWithTheirBytes() {
        send(pair[0], out.data(direct("A")), 0);
        out.outgoing().rights(pipe[0]);
        send(pair[0], out.data(direct("B")), 0);
        out.outgoing().clear();
        send(pair[0], out.data(direct("C")), 0);
        ByteBuffer all = room(8);
        receive(pair[1], in.data(all), 0);
        assertEquals("AB", MessageCalls.text(all), "the descriptor's byte ends what one call gives");
        assertEquals(1, in.descriptorCount());
    }

    @Test
    void whenThePeerIsGoneNothingIsLost() throws IOException {
        Map<Integer, String> before = DescriptorGuard.open();
        out.outgoing().rights(pipe[0], pipe[1]);
        send(pair[0], out, 0);
        calls.close(pair[0]);
        assertEquals(1, receive(pair[1], in, 0));
        assertEquals(2, in.descriptorCount());
        assertEquals(0, receive(pair[1], in, 0));
        assertEquals(0, in.descriptorCount());
        int[] other = calls.pair(Linux.SOCK_STREAM);
        calls.close(other[1]);
        assertEquals(-Linux.EPIPE, send(other[0], out.data(direct("x")), 0));
        calls.close(other[0]);
        before.remove(pair[0]);
        assertEquals(before.keySet(), DescriptorGuard.open().keySet());
    }

    @Test
    void aSocketReceivesThemCloseOnExec() throws IOException {
        Socket.Pair sockets = Socket.pair(Domain.UNIX, SocketType.STREAM);
        try (Socket a = sockets.first();
                Socket b = sockets.second();
                MessageBatch batch = new MessageBatch(1, 1, 64)) {
            out.outgoing().rights(a);
            assertEquals(1, a.sendMessage(out, 0));
            assertEquals(1, b.receiveMessage(in, 0));
            assertEquals(Linux.FD_CLOEXEC, LIBC.fcntl(in.descriptor(0), Linux.F_GETFD, 0));
            assertEquals(1, a.sendMessage(out.data(direct("x")), 0));
            batch.get(0).data(room(1));
            assertEquals(1, b.receiveMessages(batch, 0, 1, 0));
            assertEquals(Linux.FD_CLOEXEC, LIBC.fcntl(batch.get(0).descriptor(0), Linux.F_GETFD, 0));
        }
    }

    @Test
    void credentialsAreTheSendersOwn() throws IOException {
        set(pair[1], Linux.SOL_SOCKET, Linux.SO_PASSCRED, 1);
        send(pair[0], out, 0);
        receive(pair[1], in, 0);
        Ucred sender = in.incoming().credentials();
        assertNotNull(sender);
        assertEquals(ProcessHandle.current().pid(), sender.pid());

        out.outgoing().credentials(sender).rights(pipe[0]);
        assertEquals(1, send(pair[0], out.data(direct("x")), 0));
        receive(pair[1], in.data(room(1)), 0);
        assertEquals(sender, in.incoming().credentials());
        assertEquals(1, in.descriptorCount());
    }

    @Test
    void onlyRootMayClaimToBeAnybody() {
        assumeTrue(!MessageCalls.isRoot(), "root may");
        out.outgoing().credentials(new Ucred((int) ProcessHandle.current().pid(), 0, 0));
        assertEquals(-Linux.EPERM, send(pair[0], out, 0));
    }

    @Test
    void aMessageMayBringItsSendersPidfd() throws IOException {
        setOrSkip(pair[1], Linux.SOL_SOCKET, Linux.SO_PASSPIDFD, 1, "SO_PASSPIDFD came with Linux 6.5");
        out.outgoing().rights(pipe[0]);
        send(pair[0], out, 0);
        receive(pair[1], in, 0);
        int number = in.incoming().pidfd();
        assertTrue(number >= 0);
        assertEquals(Linux.FD_CLOEXEC, LIBC.fcntl(number, Linux.F_GETFD, 0));
        try (PidFd self = in.takePidFd()) {
            assertNotNull(self);
            assertEquals(number, self.fd());
            assertFalse(self.hasEnded());
        }
        assertNull(in.takePidFd());
        assertFalse(isOpen(number));
        send(pair[0], out.data(direct("x")), 0);
        receive(pair[1], in.data(room(1)), 0);
        int untaken = in.incoming().pidfd();
        in.clear();
        assertFalse(isOpen(untaken));
        out.outgoing().clear();
        int before = DescriptorGuard.open().size();
        for (int capacity = 0; capacity < 24; capacity += 2) {
            try (Message small = new Message(1, capacity)) {
                send(pair[0], out.data(direct("x")), 0);
                receive(pair[1], small.data(room(1)), 0);
                assertEquals(capacity < 20, small.controlTruncated());
                assertEquals(capacity < 20, small.incoming().pidfd() < 0);
            }
            assertEquals(before, DescriptorGuard.open().size(), capacity + " bytes");
        }
    }
}
