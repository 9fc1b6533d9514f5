package io.sockfd.benchmarks.rights;

import io.sockfd.Descriptor;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Message}: it closes what it received, or gives it away as objects that own what they name. */
public final class SockfdRights implements Contestant {
    private final boolean owned;
    private final Socket.Pair pair = Ends.sockets(false);
    private final Passed passed;
    private final ByteBuffer out = Memory.allocate(1);
    private final ByteBuffer in = Memory.allocate(1);
    private final Message sent = new Message();
    private final Message received = new Message();

    public SockfdRights(int count, boolean owned) throws IOException {
        this.owned = owned;
        passed = new Passed(count);
        sent.data(out).control().rights(passed.fds());
    }

    @Override
    public long run(int times) throws IOException {
        Socket first = pair.first();
        Socket second = pair.second();
        long descriptors = 0;
        for (int i = 0; i < times; i++) {
            out.clear();
            first.sendMessage(sent, 0);
            received.data(in.clear());
            second.receiveMessage(received, 0);
            descriptors += received.descriptorCount();
            if (owned) {
                for (Descriptor descriptor : received.takeDescriptors()) {
                    descriptor.close();
                }
            } else {
                received.clear();
            }
        }
        return descriptors;
    }

    @Override
    public void close() throws IOException {
        received.close();
        pair.close();
        passed.close();
    }
}
