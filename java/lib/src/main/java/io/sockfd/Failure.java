package io.sockfd;

import io.sockfd.raw.Linux;
import java.io.Serializable;

/**
 * What an exception of this library says.
 *
 * @param errno the error number
 * @param call the C function that failed
 * @param context what it was called with; may be empty
 */
public record Failure(Errno errno, String call, String context) implements Serializable {

    /** {@code bind(127.0.0.1:80): EACCES (Permission denied)}, and where there is one the remedy. */
    public String message() {
        String remedy = remedy();
        return call + "(" + context + "): " + errno + (remedy.isEmpty() ? "" : ": " + remedy);
    }

    private String remedy() {
        int number = errno.value();
        if (call.equals("setsockopt") && number == Linux.EADDRINUSE) {
            return "the group was joined already";
        } else if (call.equals("setsockopt") && number == Linux.EADDRNOTAVAIL) {
            return "the group was not joined so, or there is no such interface";
        } else if (number == Linux.EADDRINUSE) {
            return "another socket has this address; set SO_REUSEADDR before bind if it is only in TIME_WAIT";
        } else if (number == Linux.EADDRNOTAVAIL) {
            return call.equals("connect")
                    ? "no local port is left (net.ipv4.ip_local_port_range)"
                    : "no interface of this host has this address";
        } else if (number == Linux.EACCES && call.equals("bind")) {
            return "ports below net.ipv4.ip_unprivileged_port_start (1024) need CAP_NET_BIND_SERVICE";
        } else if (number == Linux.EACCES && call.equals("socket")) {
            return "the group is outside of net.ipv4.ping_group_range";
        } else if (number == Linux.EPERM && call.equals("socket")) {
            return "raw and packet sockets need CAP_NET_RAW";
        } else if (number == Linux.EPERM && call.equals("timerfd_create")) {
            return "alarm clocks need CAP_WAKE_ALARM";
        } else if (number == Linux.ENOSYS) {
            return "this kernel is too old for the call, or a filter of the container refuses it";
        } else if (number == Linux.EPERM && call.equals("pidfd_open")) {
            return "a filter of the container refuses the call";
        } else if (number == Linux.ECANCELED && call.equals("read")) {
            return "the clock was set, see TimerFd.cancelOnSet";
        } else if (number == Linux.EAFNOSUPPORT && call.equals("socket")) {
            return "this kernel has no such address family";
        } else if (number == Linux.EAGAIN) {
            return "the timeout passed first";
        } else if (number == Linux.ECONNREFUSED) {
            return "nobody listens there, or a firewall rejects it";
        } else if (number == Linux.EMFILE) {
            return "the process has too many open files (ulimit -n)";
        } else if (number == Linux.ENFILE) {
            return "the system has too many open files (fs.file-max)";
        } else if (number == Linux.EPIPE) {
            return "the connection was closed, here or by the peer";
        }
        return "";
    }
}
