/* server echo|http: one thread, level-triggered epoll, a port on loopback that it prints. */
#include "program.h"

#include <poll.h>
#include <sys/epoll.h>

enum { EVENTS = 256, SIZE = 16384 };

static const char RESPONSE[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n";
static char memory[SIZE];
static unsigned *lastFour; // bytes, by descriptor

static int sendAll(int fd, const char *from, long left)
{
    while (left > 0) {
        long sent = send(fd, from, left, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            poll(&(struct pollfd) {.fd = fd, .events = POLLOUT}, 1, -1);
        } else if (sent < 0) {
            return -1;
        } else {
            from += sent;
            left -= sent;
        }
    }
    return 0;
}

static int requests(int fd, long received)
{
    int count = 0;
    unsigned last = lastFour[fd];
    for (long i = 0; i < received; i++) {
        last = last << 8 | (unsigned char) memory[i];
        count += last == 0x0d0a0d0a;
    }
    lastFour[fd] = last;
    return count;
}

static int serve(int fd, int http)
{
    long received = recv(fd, memory, sizeof memory, 0);
    if (received <= 0) {
        return received < 0 && errno == EAGAIN ? 0 : -1;
    }
    if (!http) {
        return sendAll(fd, memory, received);
    }
    for (int owed = requests(fd, received); owed > 0; owed--) {
        if (sendAll(fd, RESPONSE, sizeof RESPONSE - 1) < 0) {
            return -1;
        }
    }
    return 0;
}

static void add(int epfd, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    orDie(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "server echo|http\n");
        return 1;
    }
    endWithParent();
    int http = strcmp(arguments[1], "http") == 0;
    lastFour = calloc(1 << 20, sizeof *lastFour);
    int listener = bound("tcp", SOCK_STREAM, "0");
    int epfd = (int) orDie(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    add(epfd, listener);
    while (1) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epfd, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd != listener) {
                if (serve(fd, http) < 0) {
                    close(fd);
                }
                continue;
            }
            fd = (int) orDie(accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK), "accept4");
            orDie(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int) {1}, sizeof(int)), "setsockopt");
            lastFour[fd] = 0;
            add(epfd, fd);
        }
    }
}
