/* echo tcp|unix|udp PORT_OR_PATH: sends back what one peer sends; the other end of the round trips. */
#include "program.h"

static char memory[1 << 16];

static _Noreturn void datagrams(const char *text)
{
    int fd = bound("udp", SOCK_DGRAM, text);
    while (1) {
        struct sockaddr_storage peer;
        socklen_t length = sizeof peer;
        long received = recvfrom(fd, memory, sizeof memory, 0, (struct sockaddr *) &peer, &length);
        if (received >= 0) { // an error that came back by ICMP is the client's affair
            sendto(fd, memory, received, MSG_NOSIGNAL, (struct sockaddr *) &peer, length);
        }
    }
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "echo tcp|unix|udp PORT_OR_PATH\n");
        return 1;
    }
    endWithParent();
    if (strcmp(arguments[1], "udp") == 0) {
        datagrams(arguments[2]);
    }
    int listener = bound(arguments[1], SOCK_STREAM, arguments[2]);
    int fd = (int) orDie(accept4(listener, NULL, NULL, SOCK_CLOEXEC), "accept4");
    if (!isUnix(arguments[1])) {
        orDie(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int) {1}, sizeof(int)), "setsockopt");
    }
    long received;
    while ((received = recv(fd, memory, sizeof memory, 0)) > 0) {
        orDie(send(fd, memory, received, MSG_NOSIGNAL), "send");
    }
    return received < 0;
}
