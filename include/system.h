/*
 * The headers behind constants.def and structs.def. The order matters: glibc's networking headers come first, so that
 * the kernel's step back where both define the same thing (linux/libc-compat.h). netinet/tcp.h, netinet/udp.h,
 * netinet/ip.h and netinet/icmp6.h are left out on purpose: they clash with the kernel's, which know more fields.
 */
#ifndef SOCKFD_SYSTEM_H
#define SOCKFD_SYSTEM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

/* POSIX and glibc */
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#if __has_include(<sys/pidfd.h>)
#include <sys/pidfd.h> /* glibc 2.36 */
#endif
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* ours, in front of the kernel's: it renames what they define too short */
#include "newer_structs.h"

/* the kernel: sockets */
#include <linux/version.h>
#include <linux/errqueue.h>
#include <linux/filter.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>

/* the kernel: Internet protocols */
#include <linux/dccp.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/igmp.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/mptcp.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6/ip6_tables.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/tls.h>
#include <linux/udp.h>

/* the kernel: links */
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/if_vlan.h>
#include <linux/if_xdp.h>
#include <linux/virtio_net.h>

/* the kernel: netlink */
#include <linux/fib_rules.h>
#include <linux/genetlink.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <linux/veth.h>
#include <linux/vm_sockets_diag.h>
#include <linux/xdp_diag.h>

/* the kernel: other families */
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/error.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_pppox.h>
#include <linux/kcm.h>
#include <linux/llc.h>
#include <linux/mctp.h>
#include <linux/qrtr.h>
#include <linux/rds.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/tipc_netlink.h>
#include <linux/vm_sockets.h>

/* the kernel: calls around sockets */
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/io_uring.h>
#include <linux/membarrier.h>
#include <linux/nsfs.h>
#include <linux/seccomp.h>

/* ours */
#include "bluetooth.h"
#include "bpf_attr.h"
#include "musl.h"
#include "newer.h"

/* libc has no functions for these */
static inline int io_uring_setup(unsigned int entries, struct io_uring_params *p) {
    return (int)syscall(SYS_io_uring_setup, entries, p);
}

static inline int io_uring_enter(
        int fd, unsigned int to_submit, unsigned int min_complete, unsigned int flags, const void *arg, size_t argsz) {
    return (int)syscall(SYS_io_uring_enter, fd, to_submit, min_complete, flags, arg, argsz);
}

static inline int io_uring_register(int fd, unsigned int opcode, void *arg, unsigned int nr_args) {
    return (int)syscall(SYS_io_uring_register, fd, opcode, arg, nr_args);
}

static inline int bpf(int cmd, void *attr, unsigned int size) {
    return (int)syscall(SYS_bpf, cmd, attr, size);
}

#endif
