/* SCM_RIGHTS through two connected UNIX sockets; see unix(7) and cmsg(3). */
#define _GNU_SOURCE
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum { MOST = 253 };

union control {
    char bytes[CMSG_SPACE(MOST * sizeof(int))];
    struct cmsghdr align;
};

static void put_rights(struct msghdr *message, int fd, int count)
{
    struct cmsghdr *head = CMSG_FIRSTHDR(message);

    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(count * sizeof fd);
    for (int i = 0; i < count; i++) {
        memcpy(CMSG_DATA(head) + i * sizeof fd, &fd, sizeof fd);
    }
}

static int close_rights(struct msghdr *message)
{
    int count = 0;

    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head != NULL; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS) {
            int fds = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            for (int i = 0; i < fds; i++) {
                int fd;
                memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
                close(fd);
            }
            count += fds;
        }
    }
    return count;
}

LOOP(RightsRows, CRights, pass)(
    JNIEnv *env, jclass type, jint out, jint in, jint fd, jint count, jint times)
{
    union control sent_control = {0}, received_control;
    char byte = 0;
    struct iovec piece = {.iov_base = &byte, .iov_len = 1};
    struct msghdr sent = {.msg_iov = &piece,
                          .msg_iovlen = 1,
                          .msg_control = sent_control.bytes,
                          .msg_controllen = CMSG_SPACE(count * sizeof fd)};
    struct msghdr received = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = received_control.bytes};
    long descriptors = 0;

    (void) env;
    (void) type;
    if (count > MOST) {
        return -EINVAL;
    }
    put_rights(&sent, fd, count);
    for (int i = 0; i < times; i++) {
        CHECK(sendmsg(out, &sent, MSG_NOSIGNAL));
        received.msg_controllen = sizeof received_control.bytes;
        CHECK(recvmsg(in, &received, MSG_CMSG_CLOEXEC));
        descriptors += close_rights(&received);
    }
    return descriptors;
}
