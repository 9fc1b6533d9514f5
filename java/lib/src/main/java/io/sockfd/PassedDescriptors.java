package io.sockfd;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors that a message passes by SCM_RIGHTS. Their numbers are theirs while sendmsg(2) looks at them: a call is
 * counted in each of them meanwhile.
 */
final class PassedDescriptors {
    private @Nullable Descriptor[] descriptors = new Descriptor[0];
    private int[] places = new int[0];
    private int count;

    private @Nullable Descriptor[] inside = new Descriptor[0]; // touched by the call alone, whatever the setters do
    private int entered;

    /** One whose number belongs at this place of the control data. */
    void add(Descriptor descriptor, int place) {
        if (count == descriptors.length) {
            int more = Math.max(4, 2 * count);
            descriptors = Arrays.copyOf(descriptors, more);
            places = Arrays.copyOf(places, more);
        }
        descriptors[count] = descriptor;
        places[count++] = place;
    }

    void clear() {
        Arrays.fill(descriptors, 0, count, null);
        count = 0;
    }

    /**
     * Writes the numbers; {@link #exit} must follow.
     *
     * @throws IllegalStateException when one of them is closed; {@link #exit} must not follow then
     */
    void enter(ByteBuffer control) {
        if (count == 0) {
            return;
        }
        @Nullable Descriptor[] all = descriptors;
        int most = Math.min(count, all.length);
        if (inside.length < most) {
            inside = new Descriptor[most];
        }
        boolean done = false;
        try {
            for (int i = 0; i < most; i++) {
                Descriptor descriptor = all[i];
                if (descriptor != null) {
                    int fd = enter(descriptor);
                    inside[entered++] = descriptor;
                    control.putInt(places[i], fd);
                }
            }
            done = true;
        } finally {
            if (!done) {
                exit();
            }
        }
    }

    private static int enter(Descriptor descriptor) {
        try {
            descriptor.share();
            return descriptor.enter();
        } catch (ClosedChannelException e) {
            throw new IllegalStateException(
                    "a message passes " + descriptor + ": close it after the message is sent", e);
        }
    }

    /** Leaves those that {@link #enter} entered. */
    void exit() {
        while (entered > 0) {
            Descriptor descriptor = inside[--entered];
            inside[entered] = null;
            if (descriptor != null) {
                descriptor.exit();
            }
        }
    }
}
