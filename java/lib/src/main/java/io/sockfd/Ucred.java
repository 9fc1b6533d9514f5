package io.sockfd;

/**
 * Who a process is: what SO_PEERCRED and SCM_CREDENTIALS carry.
 *
 * @param pid the process, as this process's PID namespace numbers it; 0 for one that this namespace does not show
 * @param uid the effective user; an unsigned 32-bit number, see {@link Integer#toUnsignedLong}
 * @param gid the effective group; an unsigned 32-bit number
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public record Ucred(int pid, int uid, int gid) {

    /** {@code pid=1, uid=0, gid=0}. */
    @Override
    public String toString() {
        return "pid=" + pid + ", uid=" + Integer.toUnsignedString(uid) + ", gid=" + Integer.toUnsignedString(gid);
    }
}
