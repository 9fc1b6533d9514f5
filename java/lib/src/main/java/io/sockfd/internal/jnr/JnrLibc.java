package io.sockfd.internal.jnr;

import com.kenai.jffi.MemoryIO;
import io.sockfd.internal.direct.DirectMemory;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
import jnr.ffi.Pointer;

/** libc through jnr-ffi, for Java 17 to 21. */
public final class JnrLibc extends JnrCalls implements DirectMemory {
    @Override
    public String toString() {
        return "all calls through libc";
    }

    @Override
    public long send(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        int size = Math.min(len, HEAP_MAX);
        Pointer scratch = Scratch.take();
        scratch.put(0, buf, off, size);
        long sent = send(sockfd, scratch.address(), size, flags | Linux.MSG_DONTWAIT);
        Scratch.giveBack(scratch);
        return sent;
    }

    @Override
    public long recv(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        int size = Math.min(len, HEAP_MAX);
        Pointer scratch = Scratch.take();
        if ((flags & Linux.MSG_TRUNC) != 0) {
            scratch.put(0, buf, off, size); // TCP then stores nothing
        }
        long received = recv(sockfd, scratch.address(), size, flags | Linux.MSG_DONTWAIT);
        if (received > 0) {
            // with MSG_TRUNC the kernel tells the datagram's length, which may be more than arrived
            scratch.get(0, buf, off, (int) Math.min(received, size));
        }
        Scratch.giveBack(scratch);
        return received;
    }

    @Override
    public long getDirectBufferAddress(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }

    @Override
    public ByteBuffer newDirectByteBuffer(long address, int capacity) {
        return MemoryIO.getInstance().newDirectByteBuffer(address, capacity);
    }
}
