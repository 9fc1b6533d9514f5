/* Pairs of sockets of each type, and the states that a call finds them in. Java's side is io.sockfd.FlagsStates. */
#include "flags.h"

enum { SMALL = 4096, CHUNK = 512, CHUNKS = 4000, QUEUED = 20, PROTOCOL = 253, ETHERTYPES = 0x9000, SETTLED = 8, SETTLE_US = 8000 /* in all longer than an ACK is delayed */ };

static int checked(const struct row *row, int result, const char *what) {
    if (result < 0) {
        impossible(row, what);
    }
    return result;
}

static void set_int(int fd, int level, int option, int value) {
    if (setsockopt(fd, level, option, &value, sizeof value) != 0) {
        perror("flags: setsockopt");
        exit(2);
    }
}

static struct sockaddr_in loopback(const struct row *row, int host, int port) {
    /* raw sockets get all that comes to their address: each row has its own */
    unsigned net = row->type == RAW ? 200u << 16 | ((unsigned)row->number * 2u & 0xfffe) : 0;
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(0x7f000000u + net + (unsigned)host)};
}

static void name_of(int fd, struct sockaddr_storage *name, socklen_t *length) {
    *length = sizeof *name;
    if (getsockname(fd, (struct sockaddr *)name, length) != 0) {
        perror("flags: getsockname");
        exit(2);
    }
}

static int listener(const struct row *row) {
    struct sockaddr_in address = loopback(row, 1, 0);
    int fd = checked(row, socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    checked(row, bind(fd, (struct sockaddr *)&address, sizeof address), "bind");
    checked(row, listen(fd, 8), "listen");
    return fd;
}

static bool is_filled(const struct row *row) {
    return is(row, "FULL") || is(row, "LARGE") || strncmp(row->state, "FULL_", 5) == 0;
}

static void small(const struct row *row, int from, int to) {
    if (is_filled(row) || row->size > SMALL) {
        set_int(from, SOL_SOCKET, SO_SNDBUF, SMALL);
        set_int(to, SOL_SOCKET, SO_RCVBUF, SMALL);
    }
}

static void small_buffers(const struct row *row, struct ends *ends) {
    small(row, row->sends ? ends->subject : ends->peer, row->sends ? ends->peer : ends->subject);
}

static void tcp_pair(const struct row *row, struct ends *ends) {
    struct sockaddr_storage name;
    socklen_t length;
    int listening = listener(row);
    name_of(listening, &name, &length);
    ends->peer = checked(row, socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    if (row->sends) {
        small(row, ends->peer, ends->peer); /* the window is offered with the connection */
    }
    checked(row, connect(ends->peer, (struct sockaddr *)&name, length), "connect");
    ends->subject = checked(row, accept4(listening, NULL, NULL, SOCK_CLOEXEC), "accept4");
    close(listening);
    small_buffers(row, ends);
    set_int(ends->peer, IPPROTO_TCP, TCP_NODELAY, 1);
    set_int(ends->subject, IPPROTO_TCP, TCP_NODELAY, 1);
}

/* Two sockets that are bound and connected to each other: UDP, raw. */
static void datagram_pair(const struct row *row, struct ends *ends, int type, int protocol) {
    struct sockaddr_storage names[2];
    socklen_t lengths[2];
    int fds[2];
    for (int i = 0; i < 2; i++) {
        struct sockaddr_in address = loopback(row, 1 + i, 0);
        fds[i] = checked(row, socket(AF_INET, type | SOCK_CLOEXEC, protocol), "socket");
        checked(row, bind(fds[i], (struct sockaddr *)&address, sizeof address), "bind");
        name_of(fds[i], &names[i], &lengths[i]);
    }
    for (int i = 0; i < 2; i++) {
        checked(row, connect(fds[i], (struct sockaddr *)&names[1 - i], lengths[1 - i]), "connect");
    }
    ends->subject = fds[0];
    ends->peer = fds[1];
    small_buffers(row, ends);
}

static void netlink_pair(const struct row *row, struct ends *ends) {
    struct sockaddr_storage names[2];
    socklen_t lengths[2];
    int fds[2];
    for (int i = 0; i < 2; i++) {
        struct sockaddr_nl address = {.nl_family = AF_NETLINK};
        fds[i] = checked(row, socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_USERSOCK), "socket");
        checked(row, bind(fds[i], (struct sockaddr *)&address, sizeof address), "bind");
        name_of(fds[i], &names[i], &lengths[i]);
    }
    for (int i = 0; i < 2; i++) {
        checked(row, connect(fds[i], (struct sockaddr *)&names[1 - i], lengths[1 - i]), "connect");
    }
    ends->subject = fds[0];
    ends->peer = fds[1];
    small_buffers(row, ends);
}

/* Two on the loopback interface, with an EtherType of the row's own; each gets what the other sends, and its own. */
static void packet_pair(const struct row *row, struct ends *ends) {
    int protocol = htons((uint16_t)(ETHERTYPES + row->number % 0x4000));
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = (uint16_t)protocol, .sll_ifindex = (int)if_nametoindex("lo")};
    ends->subject = checked(row, socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
    checked(row, bind(ends->subject, (struct sockaddr *)&address, sizeof address), "bind");
    ends->peer = checked(row, socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
    checked(row, bind(ends->peer, (struct sockaddr *)&address, sizeof address), "bind");
}

static void unix_pair(const struct row *row, struct ends *ends, int type) {
    int fds[2];
    checked(row, socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds), "socketpair");
    ends->subject = fds[0];
    ends->peer = fds[1];
    small_buffers(row, ends);
}

static int alone(const struct row *row) {
    switch (row->type) {
        case TCP:
            return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        case UDP:
            return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        case UNIX_STREAM:
            return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        case UNIX_SEQPACKET:
            return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        case UNIX_DGRAM:
            return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        case RAW:
            return socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, PROTOCOL);
        default:
            errno = EINVAL;
            return -1;
    }
}

/* An address: of a listener or a bound socket (ADDRESSED), or one where nobody is any more (REFUSED). */
static void address(const struct row *row, struct ends *ends) {
    ends->subject = checked(row, alone(row), "socket");
    if (row->type == TCP) {
        ends->peer = listener(row);
    } else {
        ends->peer = checked(row, alone(row), "socket");
        if (row->type == UNIX_DGRAM) {
            sa_family_t family = AF_UNIX; /* the kernel chooses an abstract name */
            checked(row, bind(ends->peer, (struct sockaddr *)&family, sizeof family), "bind");
        } else {
            struct sockaddr_in local = loopback(row, 1, 0);
            checked(row, bind(ends->peer, (struct sockaddr *)&local, sizeof local), "bind");
        }
    }
    name_of(ends->peer, &ends->to, &ends->to_length);
    if (is(row, "REFUSED")) {
        close(ends->peer);
        ends->peer = -1;
    }
}

static void text(const struct row *row, int fd, const char *data, int flags) {
    if (send(fd, data, strlen(data), flags | MSG_DONTWAIT) < 0) {
        impossible(row, "send");
    }
}

/* Until nothing more goes in, now and a little later: TCP's window closes by and by. */
static void fill(const struct row *row, int fd) {
    enum type type = row->type;
    static const char chunk[CHUNK] = {'x'};
    int limit = type == TCP || type == UNIX_STREAM || type == UNIX_SEQPACKET || type == UNIX_DGRAM || type == NETLINK
                    ? CHUNKS
                    : QUEUED;
    int refused = 0;
    for (int i = 0; i < limit && refused < SETTLED; i++) {
        size_t length = refused > 0 && is_stream(type) ? 1 : sizeof chunk;
        if (send(fd, chunk, length, MSG_DONTWAIT) >= 0) {
            refused = 0;
        } else if (errno == EAGAIN) {
            refused++;
            if (type == TCP && row->sends) {
                usleep(SETTLE_US);
            }
        } else {
            break;
        }
    }
}

static void reset(const struct row *row, struct ends *ends) {
    if (row->type == TCP) {
        struct linger linger = {.l_onoff = 1};
        setsockopt(ends->peer, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    } else if (row->type != UDP) {
        text(row, ends->subject, "unread", 0);
    }
    close(ends->peer);
    ends->peer = -1;
    if (row->type == UDP) {
        send(ends->subject, "lost", 4, MSG_DONTWAIT); /* the answer is the error */
    }
}

static void rights(const struct row *row, int fd) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.align = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    struct iovec data = {(void *)"abc", 3};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    memcpy(CMSG_DATA(&control.align), &fd, sizeof fd);
    if (sendmsg(fd, &message, MSG_DONTWAIT) < 0) {
        impossible(row, "sendmsg");
    }
}

static void pair(const struct row *row, struct ends *ends) {
    switch (row->type) {
        case TCP:
            tcp_pair(row, ends);
            break;
        case UDP:
            datagram_pair(row, ends, SOCK_DGRAM, 0);
            break;
        case RAW:
            datagram_pair(row, ends, SOCK_RAW, PROTOCOL);
            break;
        case UNIX_STREAM:
            unix_pair(row, ends, SOCK_STREAM);
            break;
        case UNIX_SEQPACKET:
            unix_pair(row, ends, SOCK_SEQPACKET);
            break;
        case UNIX_DGRAM:
            unix_pair(row, ends, SOCK_DGRAM);
            break;
        case NETLINK:
            netlink_pair(row, ends);
            break;
        default:
            packet_pair(row, ends);
            break;
    }
}

/* One act of a state's name, whose parts stand between "_AND_". */
static void act(const struct row *row, struct ends *ends, const char *act) {
    if (strcmp(act, "PART") == 0) {
        text(row, ends->peer, "abc", 0);
    } else if (strcmp(act, "ALL") == 0) {
        text(row, ends->peer, "abcdefgh", 0);
    } else if (strcmp(act, "REST") == 0) {
        text(row, ends->peer, "def", 0);
    } else if (strncmp(act, "LOW", strlen("LOW")) == 0) {
        set_int(ends->subject, SOL_SOCKET, SO_RCVLOWAT, atoi(act + strlen("LOW")));
    } else if (strcmp(act, "FULL") == 0) {
        fill(row, row->sends ? ends->subject : ends->peer);
    } else if (strcmp(act, "URGENT") == 0) {
        text(row, ends->peer, "u", MSG_OOB);
    } else if (strcmp(act, "RIGHTS") == 0) {
        rights(row, ends->peer);
    } else if (strcmp(act, "END") == 0) {
        checked(row, shutdown(ends->peer, SHUT_WR), "shutdown");
    } else if (strcmp(act, "DEAF") == 0) {
        checked(row, shutdown(ends->peer, SHUT_RD), "shutdown");
    } else if (strcmp(act, "CLOSED") == 0) {
        close(ends->peer);
        ends->peer = -1;
    } else if (strcmp(act, "RESET") == 0) {
        reset(row, ends);
    } else if (strcmp(act, "SHUT_RD") == 0) {
        checked(row, shutdown(ends->subject, SHUT_RD), "shutdown");
    } else if (strcmp(act, "SHUT_WR") == 0) {
        checked(row, shutdown(ends->subject, SHUT_WR), "shutdown");
    } else if (strcmp(act, "QUEUED") == 0) {
        set_int(ends->subject, SOL_IP, IP_RECVERR, 1);
        reset(row, ends);
    } else if (strcmp(act, "DRAINED") == 0) {
        char taken[CHUNK];
        for (int i = 0; i < CHUNKS && recv(ends->peer, taken, sizeof taken, MSG_DONTWAIT) > 0; i++) {
        }
    } else if (strcmp(act, "NOTHING") != 0 && strcmp(act, "LARGE") != 0) {
        fprintf(stderr, "flags: no state: %s\n", act);
        exit(2);
    }
}

static void acts(const struct row *row, struct ends *ends, const char *names, size_t length) {
    char copy[WORD] = "";
    memcpy(copy, names, length < WORD ? length : WORD - 1);
    char *next = copy;
    while (next != NULL) {
        char *name = next;
        next = strstr(name, "_AND_");
        if (next != NULL) {
            *next = '\0';
            next += strlen("_AND_");
        }
        act(row, ends, name);
    }
}

static const char *second(const struct row *row) {
    return strstr(row->state, "_LATER_");
}

void prepare(const struct row *row, struct ends *ends) {
    *ends = (struct ends){.subject = -1, .peer = -1, .spare = -1};
    if (is(row, "ALONE")) {
        ends->subject = checked(row, alone(row), "socket");
    } else if (is(row, "ADDRESSED") || is(row, "REFUSED")) {
        address(row, ends);
    } else {
        const char *end = second(row);
        pair(row, ends);
        acts(row, ends, row->state, end == NULL ? strlen(row->state) : (size_t)(end - row->state));
    }
}

void later(const struct row *row, struct ends *ends) {
    const char *names = second(row) + strlen("_LATER_");
    acts(row, ends, names, strlen(names));
}

/* A reset leaves no port behind in TIME_WAIT. */
void release(const struct row *row, struct ends *ends) {
    int fds[] = {ends->spare, ends->peer, ends->subject};
    for (int i = 0; i < 3; i++) {
        if (fds[i] >= 0) {
            if (row->type == TCP) {
                struct linger linger = {.l_onoff = 1};
                setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
            }
            close(fds[i]);
        }
    }
}
