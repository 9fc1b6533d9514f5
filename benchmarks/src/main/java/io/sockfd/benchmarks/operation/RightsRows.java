package io.sockfd.benchmarks.operation;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/**
 * Descriptors that go through a UNIX socket (SCM_RIGHTS) and are closed where they arrive: {@code rights}, {@code
 * rights-owned}. Each contestant fails when a descriptor is open at its end.
 */
public final class RightsRows {
    private static final String INHERITED = "not close-on-exec: a child process inherits what was received";

    private RightsRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (boolean owned : new boolean[] {false, true}) {
            for (int count : new int[] {1, 8, 253}) {
                rows.add(row(owned, count));
            }
        }
        return rows;
    }

    private static Row row(boolean owned, int count) {
        Row row = Row.of(
                        owned ? "rights-owned" : "rights",
                        Integer.toString(count),
                        "UNIX stream, pass and close " + count + (count == 1 ? " descriptor" : " descriptors") + ", "
                                + (owned ? "objects that own them" : "numbers"))
                .per(count)
                .at("descriptors", count)
                .with(Who.C, CRights.class, count)
                .with(Who.SOCKFD, SockfdRights.class, count, owned)
                .withRaw(RawRights.class, count)
                .note(Who.NETTY, count == 1 ? INHERITED : "passes one descriptor at a time");
        if (count == 1) {
            row.with(Who.NETTY, NettyRights.class);
        }
        return count <= JunixRights.MOST
                ? row.with(Who.JUNIXSOCKET, JunixRights.class, count).note(Who.JUNIXSOCKET, INHERITED)
                : row.note(Who.JUNIXSOCKET, "throws and leaks what came, above " + JunixRights.MOST + " descriptors");
    }

    /** The file whose descriptors are passed. It has a name of its own, so that those which were not closed are found. */
    static final class Passed implements AutoCloseable {
        private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

        private final String name;
        private final int fd;
        private final int count;

        Passed(int count) throws IOException {
            this.count = count;
            name = "sockfd-rights-" + Integer.toHexString(System.identityHashCode(this)) + "-" + System.nanoTime();
            ByteBuffer string = Memory.allocate(name.length() + 1).put(0, name.getBytes(StandardCharsets.US_ASCII));
            fd = Errors.check(Libc.get().memfd_create(Memory.address(string), Linux.MFD_CLOEXEC), "memfd_create", name);
        }

        int fd() {
            return fd;
        }

        /** What goes with one message: the same descriptor each time. */
        int[] fds() {
            int[] fds = new int[count];
            Arrays.fill(fds, fd);
            return fds;
        }

        /** The descriptors of this process that are open for the file. */
        private int open() throws IOException {
            int open = 0;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
                for (Path entry : entries) {
                    open += isOurs(entry) ? 1 : 0;
                }
            }
            return open;
        }

        private boolean isOurs(Path entry) {
            try {
                return Files.readSymbolicLink(entry).toString().contains(name);
            } catch (IOException e) {
                return false; // the directory's own descriptor, closed since
            }
        }

        /**
         * Closes the file. To be called when the sockets are closed.
         *
         * @throws IOException when one of the passed descriptors is still open
         */
        @Override
        public void close() throws IOException {
            Libc.get().close(fd);
            int leaked = open();
            if (leaked > 0) {
                throw new IOException(leaked + " descriptors that were received are still open");
            }
        }
    }

    /** {@code native/bench/loops/rights.c}. */
    public static final class CRights implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds = Ends.descriptors(false);
        private final int count;
        private final Passed passed;

        public CRights(int count) throws IOException {
            this.count = count;
            passed = new Passed(count);
        }

        @Override
        public long run(int times) {
            return Native.check(pass(fds[0], fds[1], passed.fd(), count, times), "sendmsg and recvmsg");
        }

        private static native long pass(int out, int in, int fd, int count, int times);

        @Override
        public void close() throws IOException {
            Ends.close(fds);
            passed.close();
        }
    }

    /** {@link Message}: it closes what it received, or gives it away as objects that own what they name. */
    public static final class SockfdRights implements Contestant {
        private final boolean owned;
        private final Socket.Pair pair = Ends.sockets(false);
        private final Passed passed;
        private final ByteBuffer out = Memory.allocate(1);
        private final ByteBuffer in = Memory.allocate(1);
        private final Message sent = new Message();
        private final Message received = new Message();

        public SockfdRights(int count, boolean owned) throws IOException {
            this.owned = owned;
            passed = new Passed(count);
            sent.data(out).outgoing().rights(passed.fds());
        }

        @Override
        public long run(int times) throws IOException {
            Socket first = pair.first();
            Socket second = pair.second();
            long descriptors = 0;
            for (int i = 0; i < times; i++) {
                out.clear();
                first.sendMessage(sent, 0);
                received.data(in.clear());
                second.receiveMessage(received, 0);
                descriptors += received.descriptorCount();
                if (owned) {
                    for (Descriptor descriptor : received.takeDescriptors()) {
                        descriptor.close();
                    }
                } else {
                    received.clear();
                }
            }
            return descriptors;
        }

        @Override
        public void close() throws IOException {
            received.close();
            pair.close();
            passed.close();
        }
    }

    /** {@link Libc#sendmsg}, {@link Libc#recvmsg} and {@link Libc#close}, with the structs written and read in Java. */
    public static final class RawRights implements Contestant {
        private static final Libc LIBC = Libc.get();
        private static final int CONTROL = Msghdr.SIZE + Iovec.SIZE + Long.BYTES;

        private final int[] fds = Ends.descriptors(false);
        private final Passed passed;
        private final int capacity;
        private final ByteBuffer sent;
        private final ByteBuffer received;

        public RawRights(int count) throws IOException {
            passed = new Passed(count);
            capacity = Cmsghdr.cmsg_space(Linux.SCM_MAX_FD * Integer.BYTES);
            sent = message();
            received = message();
            int[] rights = passed.fds();
            Cmsghdr.cmsg_level(sent, CONTROL, Linux.SOL_SOCKET);
            Cmsghdr.cmsg_type(sent, CONTROL, Linux.SCM_RIGHTS);
            Cmsghdr.cmsg_len(sent, CONTROL, Cmsghdr.cmsg_len(count * Integer.BYTES));
            for (int i = 0; i < count; i++) {
                sent.putInt(CONTROL + Cmsghdr.SIZE + i * Integer.BYTES, rights[i]);
            }
            Msghdr.msg_controllen(sent, 0, Cmsghdr.cmsg_space(count * Integer.BYTES));
        }

        /** One byte of data and room for control data, all in one piece of memory behind the struct msghdr. */
        private ByteBuffer message() {
            ByteBuffer message = Memory.allocate(CONTROL + capacity);
            long address = Memory.address(message);
            Iovec.iov_base(message, Msghdr.SIZE, address + Msghdr.SIZE + Iovec.SIZE);
            Iovec.iov_len(message, Msghdr.SIZE, 1);
            Msghdr.msg_iov(message, 0, address + Msghdr.SIZE);
            Msghdr.msg_iovlen(message, 0, 1);
            Msghdr.msg_control(message, 0, address + CONTROL);
            return message;
        }

        @Override
        public long run(int times) {
            long out = Memory.address(sent);
            long in = Memory.address(received);
            long descriptors = 0;
            for (int i = 0; i < times; i++) {
                LIBC.sendmsg(fds[0], out, Linux.MSG_NOSIGNAL);
                Msghdr.msg_controllen(received, 0, capacity);
                LIBC.recvmsg(fds[1], in, Linux.MSG_CMSG_CLOEXEC);
                descriptors += closeRights();
            }
            return descriptors;
        }

        private int closeRights() {
            int count = (int) (Cmsghdr.cmsg_len(received, CONTROL) - Cmsghdr.SIZE) / Integer.BYTES;
            for (int i = 0; i < count; i++) {
                LIBC.close(received.getInt(CONTROL + Cmsghdr.SIZE + i * Integer.BYTES));
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            Ends.close(fds);
            passed.close();
        }
    }

    /** {@link io.netty.channel.unix.Socket#sendFd} and {@link io.netty.channel.unix.Socket#recvFd}, which pass one descriptor. */
    public static final class NettyRights implements Contestant {
        private final Passed passed;
        private final io.netty.channel.unix.Socket first;
        private final io.netty.channel.unix.Socket second;

        public NettyRights() throws IOException {
            Epoll.ensureAvailability();
            passed = new Passed(1);
            int[] fds = Ends.descriptors(false);
            first = new io.netty.channel.unix.Socket(fds[0]);
            second = new io.netty.channel.unix.Socket(fds[1]);
        }

        @Override
        public long run(int times) throws IOException {
            long descriptors = 0;
            for (int i = 0; i < times; i++) {
                first.sendFd(passed.fd());
                new FileDescriptor(second.recvFd()).close();
                descriptors++;
            }
            return descriptors;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
            passed.close();
        }
    }

    /** {@link AFUNIXSocketChannel#setOutboundFileDescriptors} and its opposite. */
    public static final class JunixRights implements Contestant {
        /** The most that one message may bring; with more, a read throws and leaves the descriptors open. */
        static final int MOST = 60;

        private static final int ROOM = 8192;

        private final Passed passed;
        private final FileInputStream file;
        private final java.io.FileDescriptor[] rights;
        private final AFUNIXSocketChannel first;
        private final AFUNIXSocketChannel second;
        private final ByteBuffer out = ByteBuffer.allocateDirect(1);
        private final ByteBuffer in = ByteBuffer.allocateDirect(1);

        public JunixRights(int count) throws IOException {
            passed = new Passed(count);
            file = new FileInputStream("/proc/self/fd/" + passed.fd());
            rights = new java.io.FileDescriptor[count];
            Arrays.fill(rights, file.getFD());
            AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
            first = pair.getSocket1();
            second = pair.getSocket2();
            second.ensureAncillaryReceiveBufferSize(ROOM);
        }

        @Override
        public long run(int times) throws IOException {
            long descriptors = 0;
            for (int i = 0; i < times; i++) {
                first.setOutboundFileDescriptors(rights);
                first.write(out.clear());
                second.read(in.clear());
                for (java.io.FileDescriptor received : second.getReceivedFileDescriptors()) {
                    new FileInputStream(received).close();
                    descriptors++;
                }
            }
            return descriptors;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
            file.close();
            passed.close();
        }
    }
}
