/* start tcp PORT | unix PATH: connects and sends one byte, as early as a process can. */
#include "program.h"

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "start tcp PORT | unix PATH\n");
        return 1;
    }
    struct sockaddr_storage storage;
    socklen_t length = address(arguments[1], arguments[2], &storage);
    int fd = (int) orDie(socket(storage.ss_family, SOCK_STREAM, 0), "socket");
    orDie(connect(fd, (struct sockaddr *) &storage, length), "connect");
    orDie(send(fd, "", 1, MSG_NOSIGNAL), "send");
    return 0;
}
