package io.sockfd.benchmarks.option;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** {@link Socket#getSendBufferSize}, {@link Socket#setSendBufferSize} and {@link Socket#getLocalSocketAddress}. */
public final class JavaNetOption implements Contestant {
    private final String call;
    private final Socket first;
    private final Socket second;

    public JavaNetOption(String call) throws IOException {
        this.call = call;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            first = new Socket(listener.getInetAddress(), listener.getLocalPort());
            second = listener.accept();
        }
    }

    @Override
    public long run(int times) throws IOException {
        return switch (call) {
            case "get" -> get(times);
            case "set" -> set(times);
            default -> name(times);
        };
    }

    private long get(int times) throws IOException {
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += first.getSendBufferSize() > 0 ? 1 : 0;
        }
        return count;
    }

    private long set(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            first.setSendBufferSize(OptionRows.VALUE);
        }
        return times;
    }

    private long name(int times) {
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += ((InetSocketAddress) first.getLocalSocketAddress()).getPort() > 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
