/* The call of a row, and what it says: "result text flags control, then what is there afterwards". */
#include "flags.h"

enum { WAITS_MS = 40, WATCHDOG_MS = 4000, AGAIN_MS = 20, CONTROL = 256, HANDSHAKE_MS = 300 /* its last packet may be a delayed ACK */ };

static volatile sig_atomic_t alarmed;

static void on_alarm(int number) {
    (void)number;
    alarmed = 1;
}

static void timer(long milliseconds) {
    struct itimerval value = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000}};
    value.it_interval.tv_usec = milliseconds == 0 ? 0 : AGAIN_MS * 1000; /* for one that comes before the call waits */
    setitimer(ITIMER_REAL, &value, NULL);
}

static void append(char *text, const char *format, long number) {
    size_t length = strlen(text);
    snprintf(text + length, ANSWER - length, format, number);
}

/* What the other side sent; not the header of an IP packet, whose identification is another each time. */
static void show(const struct row *row, char *text, bool received, ssize_t result, const char *data, size_t size) {
    if (result < 0) {
        append(text, "-%ld", errno);
        return;
    }
    append(text, "%ld", result);
    size_t count = received && (size_t)result < size ? (size_t)result : received ? size : 0;
    size_t skipped = row->type == RAW && row->state[0] != 'Q' && (row->flags & MSG_ERRQUEUE) == 0 ? IP_HEADER : 0;
    if (count > skipped) {
        strcat(text, " ");
    }
    for (size_t i = skipped; i < count; i++) {
        append(text, "%c", data[i] == 0 ? '.' : data[i]);
    }
}

static void show_rights(struct msghdr *message, char *text) {
    int count = 0;
    int closing = 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
            int fd;
            memcpy(&fd, CMSG_DATA(c), sizeof fd);
            count++;
            closing += (fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0;
            close(fd);
        }
    }
    if (count > 0) {
        append(text, " rights %ld", count);
        append(text, " close-on-exec %ld", closing);
    }
}

static void send_it(const struct row *row, struct ends *ends, char *text) {
    char *data = malloc(row->size);
    ssize_t result;
    for (size_t i = 0; i < row->size; i++) {
        data[i] = (char)('a' + i % 26);
    }
    struct sockaddr *to = ends->to_length > 0 ? (struct sockaddr *)&ends->to : NULL;
    if (row->shape != ONE) {
        struct iovec parts[2] = {{data, row->size / 3}, {data + row->size / 3, row->size - row->size / 3}};
        struct mmsghdr batch = {
            .msg_hdr = {.msg_name = to, .msg_namelen = ends->to_length, .msg_iov = parts, .msg_iovlen = 2}};
        if (row->shape == MESSAGE) {
            result = sendmsg(ends->subject, &batch.msg_hdr, row->flags);
        } else {
            result = sendmmsg(ends->subject, &batch, 1, row->flags) < 0 ? -1 : (ssize_t)batch.msg_len;
        }
    } else {
        result = sendto(ends->subject, data, row->size, row->flags, to, ends->to_length);
    }
    if (result > 0 && (size_t)result < row->size) {
        strcat(text, "part"); /* how much depends on how the kernel counts its buffers */
    } else {
        show(row, text, false, result, data, row->size);
    }
    free(data);
}

static void receive(const struct row *row, struct ends *ends, char *text) {
    char data[REST] = "";
    if (row->shape == ONE) {
        ssize_t result = recv(ends->subject, data, row->size, row->flags);
        show(row, text, (row->flags & MSG_TRUNC) == 0 || row->type != TCP, result, data, row->size);
        return;
    }
    union {
        struct cmsghdr align;
        char bytes[CONTROL];
    } control;
    struct iovec parts[2] = {{data, row->size / 3}, {data + row->size / 3, row->size - row->size / 3}};
    struct mmsghdr batch = {
        .msg_hdr = {
            .msg_iov = parts, .msg_iovlen = 2, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes}};
    ssize_t result;
    if (row->shape == MESSAGE) {
        result = recvmsg(ends->subject, &batch.msg_hdr, row->flags);
    } else {
        result = recvmmsg(ends->subject, &batch, 1, row->flags, NULL) < 0 ? -1 : (ssize_t)batch.msg_len;
    }
    show(row, text, (row->flags & MSG_TRUNC) == 0 || row->type != TCP, result, data, row->size);
    if (result >= 0) {
        append(text, " flags %lx", batch.msg_hdr.msg_flags & ~MSG_CMSG_CLOEXEC); /* asked, and given back */
        show_rights(&batch.msg_hdr, text);
    }
}

/* What is left for the subject, or has come to the peer. */
static void afterwards(const struct row *row, struct ends *ends, char *text) {
    char data[REST] = "";
    int fd = row->sends ? ends->peer : ends->subject;
    if (strncmp(row->state, "FULL", 4) == 0 || is(row, "LARGE") || is(row, "REFUSED")) {
        return;
    }
    if (is(row, "ADDRESSED") && row->type == TCP) {
        struct pollfd listening = {.fd = ends->peer, .events = POLLIN};
        poll(&listening, 1, HANDSHAKE_MS);
        fcntl(ends->peer, F_SETFL, O_NONBLOCK);
        fd = accept4(ends->peer, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) {
            return;
        }
        ends->spare = fd;
    }
    if (fd >= 0) {
        strcat(text, ", then ");
        ssize_t result = recv(fd, data, sizeof data, MSG_DONTWAIT);
        struct row plain = *row;
        plain.flags = 0;
        show(&plain, text, true, result, data, sizeof data);
    }
    if (fd >= 0 && row->sends && (row->flags & MSG_OOB) != 0 && is_stream(row->type)) {
        strcat(text, ", urgent ");
        ssize_t result = recv(fd, data, 1, MSG_OOB | MSG_DONTWAIT);
        show(row, text, true, result, data, 1);
    }
}

struct helper {
    const struct row *row;
    struct ends *ends;
};

static void *help(void *argument) {
    struct helper *helper = argument;
    usleep(LATER_MS * 1000);
    later(helper->row, helper->ends);
    return NULL;
}

void answer(const struct row *row, char *text) {
    struct ends ends;
    pthread_t thread;
    struct helper helper = {row, &ends};
    bool waits = strstr(row->state, "_LATER_") != NULL;
    sigset_t alarm_only;
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    sigemptyset(&alarm_only);
    sigaddset(&alarm_only, SIGALRM);
    prepare(row, &ends);
    if (strcmp(row->mode, "TIMED") == 0) {
        struct timeval timeout = {row->milliseconds / 1000, row->milliseconds % 1000 * 1000};
        setsockopt(ends.subject, SOL_SOCKET, row->sends ? SO_SNDTIMEO : SO_RCVTIMEO, &timeout, sizeof timeout);
    } else if (strcmp(row->mode, "NON_BLOCKING") == 0) {
        fcntl(ends.subject, F_SETFL, O_NONBLOCK);
    }
    if (waits) {
        pthread_sigmask(SIG_BLOCK, &alarm_only, NULL); /* the helper inherits it: the alarm is the call's */
        if (pthread_create(&thread, NULL, help, &helper) != 0) {
            impossible(row, "pthread_create");
        }
        pthread_sigmask(SIG_UNBLOCK, &alarm_only, NULL);
    }
    alarmed = 0;
    timer(strcmp(row->mode, "BLOCKING") == 0 && !waits ? WAITS_MS : WATCHDOG_MS);
    if (row->sends) {
        send_it(row, &ends, text);
    } else {
        receive(row, &ends, text);
    }
    timer(0);
    if (waits) {
        pthread_join(thread, NULL);
    }
    if (alarmed) {
        strcpy(text, "waits");
    } else {
        afterwards(row, &ends, text);
    }
    release(row, &ends);
}
