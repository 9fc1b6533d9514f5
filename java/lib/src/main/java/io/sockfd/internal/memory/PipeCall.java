package io.sockfd.internal.memory;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pipe's two ends and what is between them, for the other packages of the library. */
public abstract class PipeCall {
    private static volatile @Nullable Function<Object, PipeCall> calls;

    /** Called once, by the class of the pipes: how any of them is asked for its call. */
    public static void told(Function<Object, PipeCall> how) {
        calls = how;
    }

    /** Of a pipe. */
    public static PipeCall of(Object pipe) {
        Function<Object, PipeCall> how = calls;
        if (how == null) {
            throw new IllegalStateException("there is no class of pipes yet");
        }
        return how.apply(pipe);
    }

    /** The descriptor that bytes go into, or come out of. */
    public abstract Channel end(boolean fills);

    /** Before bytes move from or to that descriptor: from now on no call on it waits in the kernel. */
    public abstract void prepare(Channel other) throws IOException;

    /** How many bytes are in the pipe. */
    public abstract long pending();

    /** So many more are; negative for fewer. */
    public abstract void moved(long bytes);
}
