/* epoll_wait(2) that looks, and epoll_ctl(2). */
#include <stddef.h>
#include <sys/epoll.h>

#include "bench.h"

LOOP(ReadinessRows, CWait, epollWait)(
    JNIEnv *env, jclass type, jint epfd, jint times)
{
    struct epoll_event events[256];
    long seen = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        int ready = epoll_wait(epfd, events, 256, 0);
        CHECK(ready);
        for (int j = 0; j < ready; j++) {
            if ((long) events[j].data.u64 >= 0 && (events[j].events & EPOLLIN)) {
                seen++;
            }
        }
    }
    return seen;
}

LOOP(ReadinessRows, CChange, epollCtl)(
    JNIEnv *env, jclass type, jint epfd, jint fd, jboolean modify, jint times)
{
    struct epoll_event event = {.events = EPOLLIN};

    (void) env;
    (void) type;
    if (!modify) {
        for (int i = 0; i < times; i++) {
            CHECK(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event));
            CHECK(epoll_ctl(epfd, EPOLL_CTL_DEL, fd, NULL));
        }
        return times;
    }
    CHECK(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event));
    for (int i = 0; i < times; i++) {
        event.events = i & 1 ? EPOLLIN : EPOLLIN | EPOLLOUT;
        CHECK(epoll_ctl(epfd, EPOLL_CTL_MOD, fd, &event));
    }
    CHECK(epoll_ctl(epfd, EPOLL_CTL_DEL, fd, NULL));
    return times;
}
