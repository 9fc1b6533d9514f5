package io.sockfd.benchmarks.side;

import java.io.IOException;

/** Ends a process with this one, or when it is closed, whichever comes first. */
final class Leash implements AutoCloseable {
    private final Process process;
    private final Thread hook;

    /**
     * Takes a process that has just been started.
     *
     * @throws IOException when this one is ending already; the other is ended then
     */
    Leash(Process process) throws IOException {
        this.process = process;
        hook = new Thread(process::destroyForcibly, "leash");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs
        }
    }
}
