/*
 * The C side of the table of flags: answers each row, a line of standard input, by what the kernel says to C. The rows are
 * io.sockfd.FlagsGridIT's, which makes the same calls by the library:
 *
 *   send|recv TYPE STATE MODE FLAGS SHAPE SIZE MILLISECONDS
 *
 * for instance "recv TCP PART_AND_END TIMED WAITALL|PEEK message 6 40": bytes wanted or sent, and the timeout.
 */
#ifndef FLAGS_H
#define FLAGS_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORD = 64, FIELDS = 8, LATER_MS = 30, REST = 64, IP_HEADER = 20, ANSWER = 512 };

enum type { TCP, UDP, UNIX_STREAM, UNIX_SEQPACKET, UNIX_DGRAM, RAW, NETLINK, PACKET, TYPES };

struct row {
    bool sends;
    enum type type;
    const char *state;
    const char *mode;
    int flags;
    enum shape { ONE, MESSAGE, BATCH } shape; /* send and recv, sendmsg and recvmsg, sendmmsg and recvmmsg */
    size_t size;
    long milliseconds;
    int number; /* of the line: what rows at the same time must not share comes from it */
};

/* The socket that is asked, the other side, and where a send without a connection goes. */
struct ends {
    int subject;
    int peer;
    int spare;
    struct sockaddr_storage to;
    socklen_t to_length; /* 0: a send names no address */
};

bool is(const struct row *row, const char *state);
bool is_stream(enum type type);

/* states.c: everything up to the call, and what happens while it waits; exits when the machine refuses */
void prepare(const struct row *row, struct ends *ends);
void later(const struct row *row, struct ends *ends);
void release(const struct row *row, struct ends *ends);
_Noreturn void impossible(const struct row *row, const char *what);

/* call.c: the call itself and what is there after it, as text */
void answer(const struct row *row, char *text);

#endif
