package io.sockfd.benchmarks.server;

import io.sockfd.benchmarks.Child;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.StringTokenizer;
import org.HdrHistogram.Histogram;

/**
 * A server in a process of its own, and {@code native/bench/programs/load.c}, which keeps its connections from round to
 * round; until {@link #forget} at full speed. What counts is the server's CPU time, or at no fixed rate the time that passes. Both are on one processor: to wake
 * the other end on another one costs a virtual machine more than all the rest, and is in the sender's CPU time.
 */
public final class Served implements Timed, Sampled {
    private final Child server;
    private final Child load;
    private final int rate;
    private final Histogram samples = new Histogram(3);
    private long nanos;
    private boolean warm;

    /**
     * @param main the server's class; {@code ""} for the C program
     * @param argument the server's
     * @param protocol {@code echo} or {@code http}
     * @param rate requests in a second, 0 for as many as there are answers
     */
    public Served(String main, String argument, String protocol, int connections, int rate)
            throws IOException, UnavailableException, ReflectiveOperationException {
        if (main.equals(VirtualServer.class.getName()) && Runtime.version().feature() < 21) {
            throw new UnavailableException("virtual threads need Java 21");
        }
        this.rate = rate;
        server = main.isEmpty()
                ? Child.program(List.of(), "server", argument)
                : Child.java(Class.forName(main), argument);
        try {
            String port = server.line();
            load = Child.program(List.of(), "load", protocol, port, connections, server.pid());
            try {
                String ready = load.line();
                if (!ready.equals("ready")) {
                    throw new IOException("load said " + ready);
                }
            } catch (IOException e) {
                load.close();
                throw e;
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public long run(int times) throws IOException {
        load.tell(times + " " + (warm ? rate : 0));
        StringTokenizer result = new StringTokenizer(load.line());
        long done = Long.parseLong(result.nextToken());
        long cpu = Long.parseLong(result.nextToken());
        long wall = Long.parseLong(result.nextToken());
        nanos = rate == 0 ? wall : cpu;
        StringTokenizer latencies = new StringTokenizer(load.line());
        while (latencies.hasMoreTokens()) {
            samples.recordValue(Long.parseLong(latencies.nextToken()));
        }
        return done;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Histogram samples() {
        return samples;
    }

    @Override
    public void forget() {
        warm = true;
        samples.reset();
    }

    @Override
    public void close() throws IOException {
        load.close();
        server.close();
    }
}
