package io.sockfd.ebpf;

import io.sockfd.ErrnoException;
import io.sockfd.Failure;
import io.sockfd.WithErrno;
import java.io.IOException;

/**
 * The kernel refused a program. The message ends with what its verifier said last; {@link #log} is all that it said: the
 * instructions in the order in which it looked at them, and what it knew of the registers.
 *
 * @see <a href="https://docs.kernel.org/bpf/verifier.html">the verifier, in the kernel's documentation</a>
 */
public final class VerifierException extends IOException implements WithErrno {
    private static final long serialVersionUID = 1L;

    private final ErrnoException refusal;
    private final String log;

    VerifierException(ErrnoException refusal, String log) {
        super(refusal.getMessage() + ": " + reason(log), refusal);
        this.refusal = refusal;
        this.log = log;
    }

    /** The last lines that are no statistics. */
    private static String reason(String log) {
        String[] lines = log.lines()
                .filter(line -> !line.startsWith("processed ")
                        && !line.startsWith("verification time ")
                        && !line.startsWith("stack depth "))
                .toArray(String[]::new);
        int last = lines.length - 1;
        return last < 0 ? "the verifier said nothing" : last < 1 ? lines[0] : lines[last - 1] + "; " + lines[last];
    }

    /** What the verifier said, in lines. */
    public String log() {
        return log;
    }

    @Override
    public Failure failure() {
        return refusal.failure();
    }
}
