package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.cli.FailedException;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network namespace that ip-netns(8) named. */
public final class NetworkNamespace {
    private static final Path NAMED = Path.of("/run/netns");

    private NetworkNamespace() {}

    /**
     * Lets the calling thread, and no other, go over to it for good.
     *
     * @throws FailedException when there is none of this name
     */
    public static void enter(String name) throws IOException {
        Path path = NAMED.resolve(name);
        if (name.isEmpty() || name.contains("/") || !Files.exists(path)) {
            throw new FailedException(
                    "there is no network namespace " + name + ": ip netns list shows those there are");
        }
        Libc libc = Libc.get();
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer text = Memory.allocate(bytes.length + 1).put(bytes);
        int namespace;
        try {
            namespace = (int) Errors.check(
                    libc.syscall(
                            Linux.SYS_openat,
                            Linux.AT_FDCWD,
                            Memory.address(text),
                            Linux.O_RDONLY | Linux.O_CLOEXEC,
                            0,
                            0,
                            0),
                    "openat");
        } finally {
            Reference.reachabilityFence(text);
        }
        try {
            int unused = Errors.check(libc.setns(namespace, Linux.CLONE_NEWNET), "setns");
        } finally {
            int ignored = libc.close(namespace);
        }
    }
}
