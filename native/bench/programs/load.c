/*
 * load echo|http|churn PORT CONNECTIONS PID: requests at a fixed rate, whatever the server does, over connections that stay.
 *
 * Prints "ready"; then, for each line "COUNT RATE" on stdin, sends COUNT requests, RATE in a second, to one connection
 * after the other, and prints "COUNT CPU WALL" (the CPU time of process PID and the time that passed, in nanoseconds) and a
 * line with the COUNT latencies in nanoseconds, from the instant when a request was due. With RATE 0 each connection sends
 * its next request when it has the answer, with RATE -1 only one of them does. With churn, what counts are connections: each
 * makes one request of an echo server and is closed, CONNECTIONS of them are open at once, and no rate is kept.
 */
#include "program.h"

#include <sys/epoll.h>
#include <sys/resource.h>

enum { PIPELINE = 1024, EVENTS = 256, PATIENCE = 10, SOURCES = 250 };

static const char GET[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
static char echo[64];
static char memory[1 << 16];

struct connection {
    int fd;
    long due[PIPELINE]; // of the requests under way
    unsigned head, tail;
    long received; // of the first answer
};

static struct connection *connections;
static int connectionCount, epfd, churn;
static const char *request;
static long requestLength, responseLength;
static clockid_t server;

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "load: %s\n", what);
    exit(1);
}

static void ask(struct connection *c, long due)
{
    if (c->tail - c->head == PIPELINE) {
        fail("the server is too slow for this rate");
    }
    c->due[c->tail++ % PIPELINE] = due;
    if (send(c->fd, request, requestLength, MSG_NOSIGNAL) != requestLength) {
        fail("a request was not taken");
    }
}

/* Connects from one of many addresses: those in TIME_WAIT shall not use up the ports of one. */
static void begin(struct connection *c, const char *port)
{
    static unsigned source;
    struct sockaddr_storage storage;
    socklen_t length = address("tcp", port, &storage);
    struct sockaddr_in from = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 256 + source++ % SOURCES)
    };
    c->fd = (int) orDie(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    orDie(setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &(int) {1}, sizeof(int)), "setsockopt");
    orDie(bind(c->fd, (struct sockaddr *) &from, sizeof from), "bind");
    long due = nanos(CLOCK_MONOTONIC);
    orDie(connect(c->fd, (struct sockaddr *) &storage, length), "connect");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    orDie(epoll_ctl(epfd, EPOLL_CTL_ADD, c->fd, &event), "epoll_ctl");
    ask(c, due);
}

/* Sends the first request and learns how long an answer is. */
static void learn(struct connection *c)
{
    long received = 0;
    orDie(send(c->fd, request, requestLength, MSG_NOSIGNAL), "send");
    while (responseLength == 0 || received < responseLength) {
        long n = orDie(recv(c->fd, memory + received, sizeof memory - 1 - received, 0), "recv");
        if (n == 0) {
            fail("the server closed the connection");
        }
        received += n;
        memory[received] = 0;
        char *end = strstr(memory, "\r\n\r\n");
        if (request == echo) {
            responseLength = requestLength;
        } else if (end != NULL) {
            char *length = strcasestr(memory, "content-length:");
            if (strncmp(memory, "HTTP/1.1 200", 12) != 0 || length == NULL || length > end) {
                fail("not a 200 with Content-Length");
            }
            responseLength = end + 4 - memory + atol(length + strlen("content-length:"));
        }
    }
    if (received != responseLength) {
        fail("more came than was asked for");
    }
}

/* An address of its own for so many connections: a port that goes to the same end is given once. */
static void from(int fd, int index)
{
    enum { EACH = 16384 };
    if (index >= EACH) {
        struct sockaddr_in in = {.sin_family = AF_INET};
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK + index / EACH);
        orDie(setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &(int) {1}, sizeof(int)), "setsockopt");
        orDie(bind(fd, (struct sockaddr *) &in, sizeof in), "bind");
    }
}

static void openAll(const char *port)
{
    struct sockaddr_storage storage;
    socklen_t length = address("tcp", port, &storage);
    connections = calloc(connectionCount, sizeof *connections);
    for (int i = 0; i < connectionCount; i++) {
        struct connection *c = &connections[i];
        c->fd = (int) orDie(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
        from(c->fd, i);
        orDie(connect(c->fd, (struct sockaddr *) &storage, length), "connect");
        orDie(setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &(int) {1}, sizeof(int)), "setsockopt");
        learn(c);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        orDie(epoll_ctl(epfd, EPOLL_CTL_ADD, c->fd, &event), "epoll_ctl");
    }
}

/* Takes what came; gives the number of whole answers, whose latencies go to the list. */
static int answers(struct connection *c, long *latencies)
{
    long n = recv(c->fd, memory, sizeof memory, MSG_DONTWAIT);
    if (n <= 0) {
        fail("a connection ended");
    }
    int count = 0;
    for (c->received += n; c->received >= responseLength; c->received -= responseLength) {
        if (c->head == c->tail) {
            fail("an answer that nobody asked for");
        }
        latencies[count++] = nanos(CLOCK_MONOTONIC) - c->due[c->head++ % PIPELINE];
    }
    return count;
}

static void round_(long count, long rate, const char *port)
{
    long *latencies = malloc(count * sizeof *latencies);
    long sent = 0, done = 0;
    static int next;
    long cpu = nanos(server), start = nanos(CLOCK_MONOTONIC), now = start;
    long deadline = start + (rate > 0 ? count * 1000000000L / rate : 0) + PATIENCE * 1000000000L;
    int speakers = rate > 0 ? 0 : rate < 0 ? 1 : connectionCount;
    for (int i = 0; i < speakers && sent < count; i++, sent++) {
        if (churn) {
            begin(&connections[i], port);
        } else {
            ask(&connections[i], nanos(CLOCK_MONOTONIC));
        }
    }
    while (done < count) {
        long due = start + (rate > 0 ? sent * 1000000000L / rate : 0);
        while (rate > 0 && sent < count && due <= now) {
            ask(&connections[next++ % connectionCount], due);
            sent++;
            due = start + sent * 1000000000L / rate;
        }
        long wait = rate > 0 && sent < count ? due - now : 1000000000L;
        struct timespec timeout = {wait / 1000000000L, wait % 1000000000L};
        struct epoll_event events[EVENTS];
        int ready = (int) orDie(epoll_pwait2(epfd, events, EVENTS, &timeout, NULL), "epoll_pwait2");
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            int answered = answers(c, latencies + done);
            done += answered;
            if (churn && answered > 0) {
                close(c->fd);
                if (sent < count) {
                    begin(c, port);
                    sent++;
                }
                continue;
            }
            for (; rate <= 0 && answered > 0 && sent < count; answered--, sent++) {
                ask(c, nanos(CLOCK_MONOTONIC));
            }
        }
        now = nanos(CLOCK_MONOTONIC);
        if (now > deadline) {
            fail("answers are missing");
        }
    }
    usleep(1000); // the server's way back to sleep is part of the work
    printf("%ld %ld %ld\n", done, nanos(server) - cpu, now - start);
    for (long i = 0; i < done; i++) {
        printf("%ld ", latencies[i]);
    }
    printf("\n");
    fflush(stdout);
    free(latencies);
}

int main(int count, char **arguments)
{
    if (count != 5 || (connectionCount = atoi(arguments[3])) < 1) {
        fail("load echo|http|churn PORT CONNECTIONS PID");
    }
    endWithParent();
    struct rlimit limit;
    orDie(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    orDie(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    orDie(prctl(PR_SET_TIMERSLACK, 1), "prctl");
    int http = strcmp(arguments[1], "http") == 0;
    request = http ? GET : echo;
    requestLength = http ? sizeof GET - 1 : sizeof echo;
    if (clock_getcpuclockid(atoi(arguments[4]), &server) != 0) {
        fail("there is no such process");
    }
    epfd = (int) orDie(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    churn = strcmp(arguments[1], "churn") == 0;
    if (churn) {
        connections = calloc(connectionCount, sizeof *connections);
        responseLength = requestLength;
    } else {
        openAll(arguments[2]);
    }
    printf("ready\n");
    fflush(stdout);
    long requests, rate;
    while (scanf("%ld %ld", &requests, &rate) == 2) {
        if (churn && rate > 0) {
            fail("connections come as fast as they are served");
        }
        round_(requests, rate, arguments[2]);
    }
    return 0;
}
