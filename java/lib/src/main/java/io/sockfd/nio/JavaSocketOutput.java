package io.sockfd.nio;

import io.sockfd.Socket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** Writes of a socket, each as a whole; closing it is java.net.Socket's. */
final class JavaSocketOutput extends OutputStream {
    private final Socket socket;
    private final ReentrantLock whole = new ReentrantLock();

    JavaSocketOutput(Socket socket) {
        this.socket = socket;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        whole.lock();
        try {
            for (int done = 0; done < length; ) {
                int sent = socket.send(from, offset + done, length - done, 0);
                if (sent == Socket.WOULD_BLOCK) {
                    throw new IllegalBlockingModeException();
                }
                done += sent;
            }
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        } finally {
            whole.unlock();
        }
    }
}
