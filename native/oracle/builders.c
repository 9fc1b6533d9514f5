/* The typed memory of the language, built with C's own structs, and the reads. */
#include "oracle.h"

#define NUMBER(i) (arguments[i].value.number)
#define TEXT(i) (arguments[i].text)

static void *fresh(struct scope *scope, size_t size, struct value *result) {
    *result = scope_allocate(scope, size);
    return (void *)result->number;
}

static bool addresses(struct scope *scope, const char *name, const struct argument *arguments, int count,
                      struct value *result) {
    if (strcmp(name, "in") == 0 && count == 2 && TEXT(0) != NULL) {
        struct sockaddr_in *in = fresh(scope, sizeof *in, result);
        in->sin_family = AF_INET;
        in->sin_port = htons((uint16_t)NUMBER(1));
        return inet_pton(AF_INET, TEXT(0), &in->sin_addr) == 1;
    }
    if (strcmp(name, "in6") == 0 && count == 2 && TEXT(0) != NULL) {
        struct sockaddr_in6 *in6 = fresh(scope, sizeof *in6, result);
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons((uint16_t)NUMBER(1));
        return inet_pton(AF_INET6, TEXT(0), &in6->sin6_addr) == 1;
    }
    if (strcmp(name, "un") == 0 && count == 1 && TEXT(0) != NULL) {
        struct sockaddr_un *un = fresh(scope, offsetof(struct sockaddr_un, sun_path) + strlen(TEXT(0)) + 1, result);
        un->sun_family = AF_UNIX;
        memcpy(un->sun_path, TEXT(0), strlen(TEXT(0)) + 1);
        return true;
    }
    if (strcmp(name, "abstract") == 0 && count == 1 && TEXT(0) != NULL) {
        char unique[sizeof((struct sockaddr_un *)NULL)->sun_path];
        size_t length = (size_t)snprintf(unique, sizeof unique, "sockfd-%d-%s", getpid(), TEXT(0));
        struct sockaddr_un *un = fresh(scope, offsetof(struct sockaddr_un, sun_path) + 1 + length, result);
        un->sun_family = AF_UNIX;
        memcpy(un->sun_path + 1, unique, length);
        return true;
    }
    if (strcmp(name, "sockaddr") == 0 && count == 2) {
        struct sockaddr *any = fresh(scope, (size_t)NUMBER(1), result);
        any->sa_family = (sa_family_t)NUMBER(0);
        return true;
    }
    return false;
}

static bool messages(struct scope *scope, const char *name, const struct argument *arguments, int count,
                     struct value *result) {
    if (strcmp(name, "iov") == 0 && count % 2 == 0) {
        struct iovec *iov = fresh(scope, (size_t)count / 2 * sizeof *iov, result);
        for (int i = 0; i < count; i += 2) {
            iov[i / 2] = (struct iovec){(void *)NUMBER(i), (size_t)NUMBER(i + 1)};
        }
        return true;
    }
    if (strcmp(name, "msg") == 0 && count >= 2 && count <= 6) { /* iov, iovlen [, control, controllen [, name, len]] */
        struct msghdr *msg = fresh(scope, sizeof *msg, result);
        msg->msg_iov = (struct iovec *)NUMBER(0);
        msg->msg_iovlen = (size_t)NUMBER(1);
        msg->msg_control = count > 2 ? (void *)NUMBER(2) : NULL;
        msg->msg_controllen = count > 3 ? (size_t)NUMBER(3) : 0;
        msg->msg_name = count > 4 ? (void *)NUMBER(4) : NULL;
        msg->msg_namelen = count > 5 ? (socklen_t)NUMBER(5) : 0;
        return true;
    }
    if (strcmp(name, "mmsg") == 0) { /* one message per struct iovec */
        struct mmsghdr *mmsg = fresh(scope, (size_t)count * sizeof *mmsg, result);
        for (int i = 0; i < count; i++) {
            mmsg[i].msg_hdr.msg_iov = (struct iovec *)NUMBER(i);
            mmsg[i].msg_hdr.msg_iovlen = 1;
        }
        return true;
    }
    if (strcmp(name, "cmsg") == 0 && count >= 2) { /* level, type, int ... */
        size_t length = (size_t)(count - 2) * sizeof(int);
        struct cmsghdr *cmsg = fresh(scope, CMSG_SPACE(length), result);
        cmsg->cmsg_len = CMSG_LEN(length);
        cmsg->cmsg_level = (int)NUMBER(0);
        cmsg->cmsg_type = (int)NUMBER(1);
        for (int i = 2; i < count; i++) {
            int number = (int)NUMBER(i);
            memcpy(CMSG_DATA(cmsg) + (size_t)(i - 2) * sizeof number, &number, sizeof number);
        }
        return true;
    }
    return false;
}

static bool readiness(struct scope *scope, const char *name, const struct argument *arguments, int count,
                      struct value *result) {
    if (strcmp(name, "pollfd") == 0 && count % 2 == 0) {
        struct pollfd *fds = fresh(scope, (size_t)count / 2 * sizeof *fds, result);
        for (int i = 0; i < count; i += 2) {
            fds[i / 2] = (struct pollfd){.fd = (int)NUMBER(i), .events = (short)NUMBER(i + 1)};
        }
        return true;
    }
    if (strcmp(name, "event") == 0 && count == 2) {
        struct epoll_event *event = fresh(scope, sizeof *event, result);
        event->events = (uint32_t)NUMBER(0);
        event->data.u64 = (uint64_t)NUMBER(1);
        return true;
    }
    if (strcmp(name, "events") == 0 && count == 1) {
        fresh(scope, (size_t)NUMBER(0) * sizeof(struct epoll_event), result);
        return true;
    }
    if (strcmp(name, "timespec") == 0 && count == 2) {
        struct timespec *time = fresh(scope, sizeof *time, result);
        *time = (struct timespec){.tv_sec = NUMBER(0), .tv_nsec = NUMBER(1)};
        return true;
    }
    if (strcmp(name, "timeval") == 0 && count == 2) {
        struct timeval *time = fresh(scope, sizeof *time, result);
        *time = (struct timeval){.tv_sec = NUMBER(0), .tv_usec = NUMBER(1)};
        return true;
    }
    if (strcmp(name, "itimerspec") == 0 && count == 4) { /* interval, then value: seconds and nanoseconds of each */
        struct itimerspec *time = fresh(scope, sizeof *time, result);
        time->it_interval = (struct timespec){.tv_sec = NUMBER(0), .tv_nsec = NUMBER(1)};
        time->it_value = (struct timespec){.tv_sec = NUMBER(2), .tv_nsec = NUMBER(3)};
        return true;
    }
    if (strcmp(name, "sigset") == 0) {
        sigset_t *set = fresh(scope, sizeof *set, result);
        sigemptyset(set);
        for (int i = 0; i < count; i++) {
            sigaddset(set, (int)NUMBER(i));
        }
        return true;
    }
    return false;
}

static bool plain(struct scope *scope, const char *name, const struct argument *arguments, int count,
                  struct value *result) {
    if (strcmp(name, "mem") == 0 && count == 1) {
        fresh(scope, (size_t)NUMBER(0), result);
        return true;
    }
    if (strcmp(name, "fill") == 0 && count == 2) { /* a byte, how often */
        memset(fresh(scope, (size_t)NUMBER(1), result), (int)NUMBER(0), (size_t)NUMBER(1));
        return true;
    }
    if (strcmp(name, "int") == 0) {
        int *numbers = fresh(scope, (size_t)count * sizeof *numbers, result);
        for (int i = 0; i < count; i++) {
            numbers[i] = (int)NUMBER(i);
        }
        return true;
    }
    if (strcmp(name, "long") == 0) {
        long *numbers = fresh(scope, (size_t)count * sizeof *numbers, result);
        for (int i = 0; i < count; i++) {
            numbers[i] = NUMBER(i);
        }
        return true;
    }
    if (strcmp(name, "addrinfo") == 0 && count == 4) { /* flags, family, socktype, protocol */
        struct addrinfo *info = fresh(scope, sizeof *info, result);
        info->ai_flags = (int)NUMBER(0);
        info->ai_family = (int)NUMBER(1);
        info->ai_socktype = (int)NUMBER(2);
        info->ai_protocol = (int)NUMBER(3);
        return true;
    }
    if (strcmp(name, "ifreq") == 0 && count == 1 && TEXT(0) != NULL) {
        struct ifreq *request = fresh(scope, sizeof *request, result);
        snprintf(request->ifr_name, sizeof request->ifr_name, "%s", TEXT(0));
        return true;
    }
    return false;
}

#define READ(type) \
    do { \
        type number; \
        memcpy(&number, at, sizeof number); \
        *result = (struct value){(long)number, 0}; \
        return true; \
    } while (0)

static bool reads(const char *name, const struct argument *arguments, int count, struct value *result) {
    if (strcmp(name, "equal") == 0 && count == 3) {
        bool same = memcmp((void *)NUMBER(0), (void *)NUMBER(1), (size_t)NUMBER(2)) == 0;
        *result = (struct value){same, 0};
        return true;
    }
    if (strcmp(name, "and") == 0 && count == 2) {
        *result = (struct value){NUMBER(0) & NUMBER(1), 0};
        return true;
    }
    if (count < 1 || count > 2 || TEXT(0) != NULL) {
        return false;
    }
    char *at = (char *)NUMBER(0) + (count == 2 ? NUMBER(1) : 0);
    if (strcmp(name, "u8") == 0) {
        READ(uint8_t);
    }
    if (strcmp(name, "u16") == 0) {
        READ(uint16_t);
    }
    if (strcmp(name, "i32") == 0) {
        READ(int32_t);
    }
    if (strcmp(name, "i64") == 0) {
        READ(int64_t);
    }
    struct epoll_event *events = (struct epoll_event *)NUMBER(0);
    if (strcmp(name, "ready") == 0) { /* events of the struct epoll_event with that index */
        *result = (struct value){(long)events[count == 2 ? NUMBER(1) : 0].events, 0};
        return true;
    }
    if (strcmp(name, "token") == 0) { /* its data */
        *result = (struct value){(long)events[count == 2 ? NUMBER(1) : 0].data.u64, 0};
        return true;
    }
    return false;
}

bool build(struct scope *scope, const char *name, const struct argument *arguments, int count, struct value *result) {
    return plain(scope, name, arguments, count, result) || addresses(scope, name, arguments, count, result) ||
           messages(scope, name, arguments, count, result) || readiness(scope, name, arguments, count, result) ||
           reads(name, arguments, count, result);
}
