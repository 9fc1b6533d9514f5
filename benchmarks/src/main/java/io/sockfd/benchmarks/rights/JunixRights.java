package io.sockfd.benchmarks.rights;

import io.sockfd.benchmarks.Contestant;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** {@link AFUNIXSocketChannel#setOutboundFileDescriptors} and its opposite. */
public final class JunixRights implements Contestant {
    /** The most that one message may bring; with more, a read throws and leaves the descriptors open. */
    static final int MOST = 60;

    private static final int ROOM = 8192;

    private final Passed passed;
    private final FileInputStream file;
    private final FileDescriptor[] rights;
    private final AFUNIXSocketChannel first;
    private final AFUNIXSocketChannel second;
    private final ByteBuffer out = ByteBuffer.allocateDirect(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1);

    public JunixRights(int count) throws IOException {
        passed = new Passed(count);
        file = new FileInputStream("/proc/self/fd/" + passed.fd());
        rights = new FileDescriptor[count];
        Arrays.fill(rights, file.getFD());
        AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        first = pair.getSocket1();
        second = pair.getSocket2();
        second.ensureAncillaryReceiveBufferSize(ROOM);
    }

    @Override
    public long run(int times) throws IOException {
        long descriptors = 0;
        for (int i = 0; i < times; i++) {
            first.setOutboundFileDescriptors(rights);
            first.write(out.clear());
            second.read(in.clear());
            for (FileDescriptor received : second.getReceivedFileDescriptors()) {
                new FileInputStream(received).close();
                descriptors++;
            }
        }
        return descriptors;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
        file.close();
        passed.close();
    }
}
