/*
 * How long the queue of a closed AF_XDP socket is busy: the microseconds from close(2) to a bind(2) that succeeds.
 * Arguments: the interface, and how often.
 */
#include <errno.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef AF_XDP
#define AF_XDP 44
#endif
#ifndef SOL_XDP
#define SOL_XDP 283
#endif

#define CHUNK 2048
#define CHUNKS 256
#define ENTRIES 64

static long micros(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void end(const char *what)
{
    perror(what);
    exit(1);
}

struct socket {
    int fd;
    void *rings[4];
    size_t lengths[4];
};

static void map(struct socket *s, int i, off_t page, uint64_t desc, size_t entry)
{
    s->lengths[i] = desc + ENTRIES * entry;
    s->rings[i] = mmap(NULL, s->lengths[i], PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, s->fd, page);
    if (s->rings[i] == MAP_FAILED) {
        end("mmap");
    }
}

static struct socket made(void *chunks)
{
    struct xdp_umem_reg umem = {.addr = (uintptr_t) chunks, .len = CHUNKS * CHUNK, .chunk_size = CHUNK};
    int sized[] = {XDP_UMEM_FILL_RING, XDP_UMEM_COMPLETION_RING, XDP_RX_RING, XDP_TX_RING};
    int entries = ENTRIES;
    struct xdp_mmap_offsets at;
    socklen_t length = sizeof at;
    struct socket s = {.fd = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0)};

    if (s.fd < 0 || setsockopt(s.fd, SOL_XDP, XDP_UMEM_REG, &umem, sizeof umem)) {
        end("socket");
    }
    for (int i = 0; i < 4; i++) {
        if (setsockopt(s.fd, SOL_XDP, sized[i], &entries, sizeof entries)) {
            end("setsockopt");
        }
    }
    if (getsockopt(s.fd, SOL_XDP, XDP_MMAP_OFFSETS, &at, &length)) {
        end("getsockopt");
    }
    map(&s, 0, XDP_UMEM_PGOFF_FILL_RING, at.fr.desc, sizeof(uint64_t));
    map(&s, 1, XDP_UMEM_PGOFF_COMPLETION_RING, at.cr.desc, sizeof(uint64_t));
    map(&s, 2, XDP_PGOFF_RX_RING, at.rx.desc, sizeof(struct xdp_desc));
    map(&s, 3, XDP_PGOFF_TX_RING, at.tx.desc, sizeof(struct xdp_desc));
    return s;
}

static void closed(const struct socket *s)
{
    for (int i = 0; i < 4; i++) {
        munmap(s->rings[i], s->lengths[i]);
    }
    close(s->fd);
}

int main(int argc, char **argv)
{
    struct sockaddr_xdp where = {.sxdp_family = AF_XDP, .sxdp_flags = XDP_COPY | XDP_USE_NEED_WAKEUP};
    void *chunks =
        mmap(NULL, CHUNKS * CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    long before = 0;

    if (argc != 3 || chunks == MAP_FAILED) {
        end("arguments or memory");
    }
    where.sxdp_ifindex = if_nametoindex(argv[1]);
    for (int i = 0, times = atoi(argv[2]); i <= times; i++) {
        struct socket s = made(chunks);
        while (bind(s.fd, (struct sockaddr *) &where, sizeof where)) {
            if (errno != EBUSY) {
                end("bind");
            }
            usleep(50);
        }
        if (i > 0) {
            printf("%ld\n", micros() - before);
        }
        closed(&s);
        before = micros();
    }
    return 0;
}
