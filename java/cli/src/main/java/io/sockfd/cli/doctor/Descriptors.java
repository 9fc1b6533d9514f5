package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.FdPair;
import io.sockfd.cli.kernel.Message;
import io.sockfd.cli.kernel.Options;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Itimerspec;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Descriptors that are no sockets, and sockets that carry descriptors. */
final class Descriptors {
    private Descriptors() {}

    static String pidfdGetfd(Libc libc) throws IOException {
        int pid = (int) ProcessHandle.current().pid();
        try (Scratch memory = new Scratch();
                Fd process = Fd.of(libc, libc.pidfd_open(pid, 0), "pidfd_open");
                Fd event = Fd.of(libc, libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
                Fd copy = Fd.of(libc, libc.pidfd_getfd(process.number(), event.number(), 0), "pidfd_getfd")) {
            ByteBuffer one = memory.allocate(Long.BYTES).putLong(0, 1);
            Errors.check(libc.write(copy.number(), Memory.address(one), Long.BYTES), "write");
            Errors.check(libc.read(event.number(), Memory.address(one), Long.BYTES), "read");
            return "a descriptor was taken from process " + pid + " and leads to the same file";
        }
    }

    static String passPidfd(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                FdPair pair = FdPair.unix(libc, SOCK_DGRAM)) {
            Options.set(libc, pair.right(), SOL_SOCKET, SO_PASSPIDFD, 1, "SO_PASSPIDFD");
            ByteBuffer data = memory.allocate(1);
            Errors.check(libc.send(pair.left().number(), Memory.address(data), 1, MSG_NOSIGNAL), "send");
            Message message = new Message(memory, 1, 128);
            message.receive(libc, pair.right(), MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            int at = message.find(SOL_SOCKET, SCM_PIDFD);
            if (at < 0) {
                throw new IOException("the message came without a pidfd");
            }
            Fd.of(libc, message.control().getInt(at), "SCM_PIDFD").close();
            return "a message brings a descriptor of its sender";
        }
    }

    static String timer(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                Fd timer = Fd.of(libc, libc.timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), "timerfd_create")) {
            ByteBuffer when = memory.allocate(Itimerspec.SIZE);
            Timespec.tv_nsec(when, Itimerspec.IT_VALUE, 100_000);
            ByteBuffer count = memory.allocate(Long.BYTES);
            Errors.check(libc.timerfd_settime(timer.number(), 0, Memory.address(when), 0), "timerfd_settime");
            Errors.check(libc.read(timer.number(), Memory.address(count), Long.BYTES), "read");
            return "it fired, " + count.getLong(0) + " time";
        }
    }

    static String memory(Libc libc) throws IOException {
        try (Scratch memory = new Scratch()) {
            long name = Memory.address(memory.allocateText("sockfd-doctor"));
            try (Fd file = Fd.of(libc, libc.memfd_create(name, MFD_CLOEXEC), "memfd_create")) {
                ByteBuffer data = memory.allocate(64);
                long written = libc.write(file.number(), Memory.address(data), data.capacity());
                return Errors.check(written, "write") + " bytes were written";
            }
        }
    }
}
