/*
 * The other side of the SCTP tests, written against lksctp's library.
 *
 *   sctp_peer PORT STYLE   STYLE is stream (one to one) or seqpacket (one to many): connects to 127.0.0.1 and 127.0.0.2,
 *                          sends three messages on streams 0 to 2 with payload protocol 51, unordered the last, prints
 *                          each answer with its stream and protocol, and ends
 */
#include <arpa/inet.h>
#include <netinet/sctp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        return 2;
    }
    int type = strcmp(argv[2], "stream") == 0 ? SOCK_STREAM : SOCK_SEQPACKET;
    int sockfd = socket(AF_INET, type, IPPROTO_SCTP);
    check(sockfd, "socket");
    struct sctp_initmsg init = {.sinit_num_ostreams = 5, .sinit_max_instreams = 7};
    check(setsockopt(sockfd, SOL_SCTP, SCTP_INITMSG, &init, sizeof init), "SCTP_INITMSG");
    struct sctp_event_subscribe events = {.sctp_data_io_event = 1};
    check(setsockopt(sockfd, SOL_SCTP, SCTP_EVENTS, &events, sizeof events), "SCTP_EVENTS");

    struct sockaddr_in peers[2] = {{.sin_family = AF_INET}, {.sin_family = AF_INET}};
    peers[0].sin_port = peers[1].sin_port = htons(atoi(argv[1]));
    inet_pton(AF_INET, "127.0.0.1", &peers[0].sin_addr);
    inet_pton(AF_INET, "127.0.0.2", &peers[1].sin_addr);
    sctp_assoc_t association = 0;
    check(sctp_connectx(sockfd, (struct sockaddr *)peers, 2, &association), "sctp_connectx");
    struct sockaddr *addresses;
    printf("peers %d\n", sctp_getpaddrs(sockfd, association, &addresses));
    fflush(stdout);
    sctp_freepaddrs(addresses);

    for (int stream = 0; stream < 3; stream++) {
        char text[32];
        int length = snprintf(text, sizeof text, "message %d", stream);
        struct sockaddr *to = type == SOCK_STREAM ? NULL : (struct sockaddr *)&peers[0];
        check(sctp_sendmsg(sockfd, text, length, to, to ? sizeof peers[0] : 0, htonl(51), stream == 2 ? SCTP_UNORDERED : 0,
                           stream, 0, 0), "sctp_sendmsg");
    }
    for (int i = 0; i < 3; i++) {
        char text[256];
        struct sctp_sndrcvinfo info = {0};
        int flags = 0;
        int length = sctp_recvmsg(sockfd, text, sizeof text - 1, NULL, NULL, &info, &flags);
        check(length, "sctp_recvmsg");
        text[length] = 0;
        printf("got %s stream %d ppid %u\n", text, info.sinfo_stream, ntohl(info.sinfo_ppid));
        fflush(stdout);
    }
    check(close(sockfd), "close");
    return 0;
}
