package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.NotYetConnectedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "ECONNREFUSED, connect, java.net.ConnectException",
        "ETIMEDOUT, connect, java.net.ConnectException",
        "ETIMEDOUT, recv, io.sockfd.ErrnoException",
        "EADDRINUSE, bind, java.net.BindException",
        "EADDRNOTAVAIL, bind, java.net.BindException",
        "EACCES, bind, java.net.BindException",
        "EACCES, socket, io.sockfd.ErrnoException",
        "EHOSTUNREACH, connect, java.net.NoRouteToHostException",
        "EINVAL, setsockopt, io.sockfd.ErrnoException",
    })
    void theJdksClassWhereItHasOne(String name, String call, Class<?> expected) throws ReflectiveOperationException {
        int errno = Linux.class.getField(name).getInt(null);
        IOException e = Errors.exception(-errno, call, "context");
        assertInstanceOf(expected, e);
        WithErrno details = assertInstanceOf(WithErrno.class, e);
        assertEquals(name, details.errno().name());
        assertEquals(call, details.call());
        assertEquals("context", details.context());
        assertEquals(Optional.of(new Errno(errno)), Errors.errnoOf(e));
        String start = call + "(context): " + new Errno(errno);
        assertEquals(start, String.valueOf(e.getMessage()).substring(0, start.length()));
    }

    @Test
    void notConnectedIsTheChannelsUncheckedException() {
        for (String call :
                List.of("send", "sendto", "sendmsg", "sendmmsg", "recv", "recvfrom", "recvmsg", "recvmmsg")) {
            NotYetConnectedException e =
                    assertThrows(NotYetConnectedException.class, () -> Errors.check(-Linux.ENOTCONN, call, "a socket"));
            assertEquals(call + "(a socket): ENOTCONN (Transport endpoint is not connected)", e.getMessage());
            assertEquals(Optional.of(Errno.ENOTCONN), Errors.errnoOf(e));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"setsockopt", "getsockopt", "shutdown", "ioctl", "accept4"})
    void notConnectedIsAnIoExceptionWhereNothingIsMoved(String call) {
        ErrnoException e = assertThrows(ErrnoException.class, () -> Errors.check(-Linux.ENOTCONN, call, "a socket"));
        assertEquals(Errno.ENOTCONN, e.errno());
    }

    /** Every error of every call is an IOException with its call and number, but for ENOTCONN where bytes are moved. */
    @Test
    void everyOtherErrorIsAnIoException() {
        List<String> moving = List.of(
                "send",
                "sendto",
                "sendmsg",
                "sendmmsg",
                "write",
                "sendfile",
                "splice",
                "recv",
                "recvfrom",
                "recvmsg",
                "recvmmsg",
                "read",
                "getpeername");
        List<String> others = List.of(
                "socket",
                "bind",
                "listen",
                "accept4",
                "connect",
                "shutdown",
                "getsockname",
                "getsockopt",
                "setsockopt",
                "fcntl",
                "ioctl",
                "epoll_ctl",
                "epoll_wait",
                "eventfd",
                "mmap",
                "poll",
                "ppoll",
                "open");
        for (int errno = 1; errno <= 133; errno++) {
            int result = -errno;
            for (String call : others) {
                assertEquals(errno, errno(Errors.exception(result, call, "x")), call);
            }
            for (String call : moving) {
                if (errno == Linux.ENOTCONN) {
                    assertThrows(NotYetConnectedException.class, () -> Errors.check(result, call));
                } else {
                    assertEquals(errno, errno(Errors.exception(result, call, "x")), call);
                }
            }
        }
    }

    private static int errno(IOException e) {
        return Errors.errnoOf(e).orElseThrow().value();
    }

    @Test
    void theMessageNamesTheRemedy() {
        BindException e =
                assertThrows(BindException.class, () -> Errors.check(-Linux.EADDRINUSE, "bind", "127.0.0.1:80"));
        assertEquals(
                "bind(127.0.0.1:80): EADDRINUSE (Address already in use): another socket has this address; set SO_REUSEADDR"
                        + " before bind if it is only in TIME_WAIT",
                e.getMessage());
        assertEquals(
                "socket(AF_PACKET): EPERM (Operation not permitted): raw and packet sockets need CAP_NET_RAW",
                Errors.exception(-Linux.EPERM, "socket", "AF_PACKET").getMessage());
    }

    @Test
    void resultsThatAreNotErrorsPassThrough() throws IOException {
        assertEquals(0, Errors.check(0, "close"));
        assertEquals(1L << 40, Errors.check(1L << 40, "mmap"));
    }

    @Test
    void otherExceptionsHaveNoErrno() {
        assertEquals(Optional.empty(), Errors.errnoOf(new IOException("x")));
    }

    /** EAGAIN is a time that is over only where something was waited for. */
    @Test
    void whatNeverWaitsDoesNotSpeakOfATimeout() {
        for (String call :
                List.of("mmap", "tgkill", "fork", "timerfd_settime", "fcntl", "connect", "bind", "io_uring_setup")) {
            String words = String.valueOf(
                    Errors.exception(-Linux.EAGAIN, call, "something").getMessage());
            assertTrue(words.startsWith(call + "(something): EAGAIN"), words);
            assertFalse(words.contains("timeout"), words);
        }
        String words = String.valueOf(
                Errors.exception(-Linux.EAGAIN, "mmap", "4096 bytes").getMessage());
        assertTrue(words.contains("ulimit -l"), words);
    }

    @Test
    void exceptionsSurviveSerialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Errors.exception(-Linux.EHOSTUNREACH, "connect", "192.0.2.1:9"));
            out.writeObject(Errors.exception(-Linux.ECONNREFUSED, "connect", "127.0.0.1:9"));
            out.writeObject(Errors.timeout(Errno.EAGAIN, "recv", "5 s"));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            NoRouteToHostException unreachable = assertInstanceOf(NoRouteToHostException.class, in.readObject());
            assertEquals(Optional.of(Errno.EHOSTUNREACH), Errors.errnoOf(unreachable));
            assertInstanceOf(ConnectException.class, in.readObject());
            assertInstanceOf(SocketTimeoutException.class, in.readObject());
        }
    }
}
