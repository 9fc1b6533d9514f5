package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.util.Arrays;

/** The descriptors that the kernel installed for a message, as numbers: no object is made of one that nobody takes. */
final class ReceivedDescriptors {
    private static final int[] NONE = {};
    private static final int ABSENT = -1;

    private int[] rights = NONE;
    private int count;
    private int arrived;
    private int pidfd = ABSENT;

    /** Takes over what the control data names; half a number at its end is no descriptor. */
    void collect(ControlCursor controls) {
        while (controls.next()) {
            if (controls.level() != Linux.SOL_SOCKET) {
                continue;
            }
            if (controls.type() == Linux.SCM_RIGHTS) {
                int fds = controls.length() / Integer.BYTES;
                for (int i = 0; i < fds; i++) {
                    add(controls.getInt(i * Integer.BYTES));
                }
            } else if (controls.type() == Linux.SCM_PIDFD && controls.length() >= Integer.BYTES && pidfd == ABSENT) {
                // a sender that is gone gives -ESRCH in place of a descriptor
                pidfd = Math.max(ABSENT, controls.getInt(0));
            }
        }
        arrived = count;
    }

    private void add(int fd) {
        if (count == rights.length) {
            rights = Arrays.copyOf(rights, Math.max(Linux.SCM_MAX_FD, count * 2));
        }
        rights[count++] = fd;
    }

    /** Those of SCM_RIGHTS that are still owned here. */
    int count() {
        return count;
    }

    /** Those of SCM_RIGHTS that came, taken since or not. */
    int arrived() {
        return arrived;
    }

    /** The i-th of those still owned here. */
    int get(int i) {
        if (i < 0 || i >= count) {
            throw new IndexOutOfBoundsException("descriptor " + i + " of " + count);
        }
        return rights[i];
    }

    /** The first {@code wanted}, whose owner the caller becomes; the others are closed. */
    Descriptor[] take(int wanted) {
        Descriptor[] taken = new Descriptor[wanted];
        for (int i = 0; i < wanted; i++) {
            taken[i] = Descriptor.own(rights[i]);
        }
        closeRights(wanted);
        return taken;
    }

    /** The number, or -1; still owned here. */
    int pidfd() {
        return pidfd;
    }

    /** The number, or -1; the caller's. */
    int takePidfd() {
        int fd = pidfd;
        pidfd = ABSENT;
        return fd;
    }

    /** Closes whatever was not taken. */
    void closeAll() {
        if (count > 0) {
            closeRights(0);
        }
        arrived = 0;
        if (pidfd != ABSENT) {
            int ignored = Libc.get().close(takePidfd());
        }
    }

    private void closeRights(int from) {
        int to = count;
        count = 0;
        for (int i = from; i < to; i++) {
            int ignored = Libc.get().close(rights[i]);
        }
    }
}
