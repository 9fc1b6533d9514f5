/* A dump of rtnetlink(7). The same fields as in RawEntry.java are copied out. */
#define _GNU_SOURCE
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "bench.h"

static struct entry {
    int index, mtu;
    char name[IFNAMSIZ];
    unsigned char address[16];
} entry;

static void copy(const struct rtattr *a, void *into, size_t room)
{
    size_t size = RTA_PAYLOAD(a);

    memcpy(into, RTA_DATA(a), size < room ? size : room);
}

static void read_link(struct nlmsghdr *message)
{
    struct ifinfomsg *info = NLMSG_DATA(message);
    int left = IFLA_PAYLOAD(message);

    entry.index = info->ifi_index;
    for (struct rtattr *a = IFLA_RTA(info); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
        switch (a->rta_type) {
        case IFLA_IFNAME: copy(a, entry.name, sizeof entry.name); break;
        case IFLA_MTU: copy(a, &entry.mtu, sizeof entry.mtu); break;
        case IFLA_ADDRESS: copy(a, entry.address, sizeof entry.address); break;
        }
    }
}

static void read_address(struct nlmsghdr *message)
{
    struct ifaddrmsg *info = NLMSG_DATA(message);
    int left = IFA_PAYLOAD(message);

    entry.index = info->ifa_index;
    for (struct rtattr *a = IFA_RTA(info); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
        switch (a->rta_type) {
        case IFA_LOCAL:
        case IFA_ADDRESS: copy(a, entry.address, sizeof entry.address); break;
        case IFA_LABEL: copy(a, entry.name, sizeof entry.name); break;
        }
    }
}

static void read_route(struct nlmsghdr *message)
{
    struct rtmsg *info = NLMSG_DATA(message);
    int left = RTM_PAYLOAD(message);

    entry.index = 0;
    for (struct rtattr *a = RTM_RTA(info); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
        switch (a->rta_type) {
        case RTA_OIF: copy(a, &entry.index, sizeof entry.index); break;
        case RTA_DST:
        case RTA_GATEWAY: copy(a, entry.address, sizeof entry.address); break;
        }
    }
}

LOOP(NetlinkRows, CDump, dump)(
    JNIEnv *env, jclass type, jint fd, jlong request, jint size)
{
    static char replies[32 * 1024];
    long sum = 0;

    (void) env;
    (void) type;
    CHECK(send(fd, (const void *) request, size, 0));
    while (1) {
        int left = recv(fd, replies, sizeof replies, 0);
        CHECK(left);
        for (struct nlmsghdr *m = (struct nlmsghdr *) replies; NLMSG_OK(m, (unsigned) left); m = NLMSG_NEXT(m, left)) {
            switch (m->nlmsg_type) {
            case NLMSG_DONE: return sum;
            case NLMSG_ERROR: return ((struct nlmsgerr *) NLMSG_DATA(m))->error;
            case RTM_NEWLINK: read_link(m); break;
            case RTM_NEWADDR: read_address(m); break;
            default: read_route(m);
            }
            sum += entry.index;
        }
    }
}
