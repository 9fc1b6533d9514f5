package io.sockfd;

import java.io.IOException;
import java.util.List;

/**
 * A descriptor that systemd or another supervisor passed to this process: {@code LISTEN_FDS} says how many there are, from
 * number 3 on, {@code LISTEN_PID} for which process, {@code LISTEN_FDNAMES} what they are called.
 *
 * <p>A process has each of them once. The first call of {@link #all}, {@link #named} or {@link Socket#listenFds} takes them
 * over, whichever part of the program makes it; each later call gives the same objects, without those that were closed or
 * released meanwhile. So a library and an application may both ask, and none closes a number that is another's by then.
 * Whoever uses one closes it, and leaves the others to those who know their names. A second copy of this library in the
 * process, from another class loader, is refused: it would be a second owner.
 *
 * <p>They are close-on-exec from then on, so that no child has them; the variables cannot be unset in Java, but name
 * another process there.
 *
 * <pre>{@code
 * for (ListenFd passed : ListenFd.named("http")) {
 *     if (passed.descriptor() instanceof Socket listener) {
 *         serve(listener.accept());
 *     }
 * }
 * }</pre>
 *
 * @param number the number that it was passed with
 * @param name as in {@code FileDescriptorName=} of systemd.socket(5); {@code unknown} where the supervisor gave no names
 * @param descriptor a {@link Socket} for a socket of any family, listening or not; else the descriptor of a FIFO, a file, a
 *     device, an event counter …
 * @see <a href="https://man7.org/linux/man-pages/man3/sd_listen_fds.3.html">sd_listen_fds_with_names(3)</a>
 */
public record ListenFd(int number, String name, Descriptor descriptor) {
    /**
     * All of them that are open, in the order of their numbers; empty when none were passed to this process.
     *
     * @throws IOException when the variables cannot be true ({@code LISTEN_FDS} is no number or negative, a number is not
     *     open, there are more or fewer names than descriptors), or when another copy of this library has taken them; the
     *     message names the variable and its value, and nothing was taken
     */
    public static List<ListenFd> all() throws IOException {
        return ListenFds.all(Socket::adopt).stream()
                .map(passed -> new ListenFd(passed.number(), passed.name(), passed.descriptor()))
                .toList();
    }

    /**
     * Those with a name: a socket unit may pass several under one.
     *
     * @throws IOException as {@link #all}
     */
    public static List<ListenFd> named(String name) throws IOException {
        return all().stream().filter(passed -> passed.name.equals(name)).toList();
    }
}
