package io.sockfd.cli.traceroute;

import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.cli.icmp.IcmpText;
import java.io.IOException;
import java.net.InetAddress;

/** An echo request. */
record IcmpProbe(Way way) implements Probe {
    private static final double MILLI = 1e6;

    @Override
    public Answer send(int ttl, int number, Runnable sent) throws IOException {
        try (EchoSocket socket = EchoSocket.open(way.target())) {
            way.prepare(socket.socket());
            socket.ttl(ttl);
            long began = EchoSocket.now();
            long deadline = System.nanoTime() + way.patience().toNanos();
            try {
                began = socket.send(number + 1, way.payload());
            } catch (IOException e) {
                if (!ErrorQueue.announced(e)) {
                    throw e;
                }
            }
            sent.run();
            long left = way.patience().toNanos();
            while (left > 0) {
                socket.await(left);
                EchoSocket.Failure failure = socket.nextFailure();
                if (failure != null) {
                    return answer(failure.entry(), began);
                }
                EchoSocket.Reply reply = socket.nextReply();
                if (reply != null) {
                    return new Answer(reply.from(), millis(began, reply.timestampNanos()), "", true);
                }
                left = deadline - System.nanoTime();
            }
            return Answer.NONE;
        }
    }

    private Answer answer(ErrorQueue.Entry entry, long began) {
        InetAddress offender = entry.error().offender();
        double millis = millis(began, entry.timestampNanos());
        return new Answer(
                offender == null ? way.target() : offender, millis, IcmpText.mark(entry), !entry.isTimeExceeded());
    }

    private static double millis(long began, long came) {
        return Math.max(0, (came < 0 ? EchoSocket.now() : came) - began) / MILLI;
    }
}
