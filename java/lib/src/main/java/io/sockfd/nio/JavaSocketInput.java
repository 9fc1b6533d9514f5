package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;

/** Reads of a socket; closing it is java.net.Socket's. */
final class JavaSocketInput extends InputStream {
    private final JavaSocketImpl impl;
    private final Socket socket;
    private volatile boolean reset;

    JavaSocketInput(JavaSocketImpl impl) throws IOException {
        this.impl = impl;
        socket = impl.behind();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        } else if (impl.isInputClosed()) {
            return -1;
        }
        try {
            if (reset) { // the kernel says it once
                throw new java.net.SocketException("Connection reset");
            }
            int received = socket.recv(into, offset, length, 0);
            if (received == Socket.WOULD_BLOCK) {
                throw new IllegalBlockingModeException();
            }
            return received == 0 ? -1 : received; // a record without bytes is the end, too
        } catch (SocketTimeoutException e) {
            throw Failures.timeout("Read timed out", e);
        } catch (IOException e) {
            reset |= Failures.is(e, Linux.ECONNRESET);
            throw Failures.is(e, Linux.ECONNRESET) ? Failures.ofReceive(e) : Failures.ofSocket(e);
        }
    }

    @Override
    public int available() throws IOException {
        return impl.available();
    }
}
