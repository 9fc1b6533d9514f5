package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Socket;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call that waits and is ended from elsewhere. */
final class Waiting {
    private static final int SECONDS = 20;
    private static final int MOMENT_MS = 300;

    private Waiting() {}

    static void endsByClose(Socket socket, Callable<?> call) throws Exception {
        FutureTask<?> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "waiting");
        thread.setDaemon(true);
        thread.start();
        // not started yet, it would find the socket closed, which is another exception
        assertThrows(java.util.concurrent.TimeoutException.class, () -> task.get(MOMENT_MS, TimeUnit.MILLISECONDS));
        socket.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> task.get(SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(AsynchronousCloseException.class, e.getCause());
    }
}
