package io.sockfd;

/**
 * The identity of a process: SO_PEERCRED, SCM_CREDENTIALS. See
 * <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>.
 *
 * @param pid process id as this process's PID namespace numbers it; 0 where there is none, as on TCP
 * @param uid user id; unsigned, -1 where there is none
 * @param gid group id; unsigned, -1 where there is none
 */
public record Ucred(int pid, int uid, int gid) {}
