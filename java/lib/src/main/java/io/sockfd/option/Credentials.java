package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.PidFd;
import io.sockfd.Ucred;
import java.nio.ByteBuffer;

/** How the kernel names a peer process. */
final class Credentials {
    static final Codec<Ucred> CODEC = Codecs.decoding(Ucred.class, io.sockfd.raw.struct.Ucred.SIZE, Credentials::ucred);

    /** The kernel made the descriptor, close-on-exec, for this very call. */
    static final Codec<PidFd> PIDFD =
            Codecs.decoding(PidFd.class, Integer.BYTES, (b, length) -> PidFd.own(b.getInt(0)));

    private Credentials() {}

    private static Ucred ucred(ByteBuffer b, int length) {
        return new Ucred(
                io.sockfd.raw.struct.Ucred.pid(b, 0),
                io.sockfd.raw.struct.Ucred.uid(b, 0),
                io.sockfd.raw.struct.Ucred.gid(b, 0));
    }
}
