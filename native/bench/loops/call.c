/* Calls with little or nothing behind them. */
#include <net/if.h>
#include <netdb.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

LOOP(CallRows, CCall, getaddrinfo)(JNIEnv *env, jclass type, jint times)
{
    struct addrinfo *list;
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += getaddrinfo(NULL, NULL, NULL, &list);
    }
    return sum;
}

LOOP(CallRows, CCall, nametoindex)(JNIEnv *env, jclass type, jstring name, jint times)
{
    const char *chars = (*env)->GetStringUTFChars(env, name, NULL);
    long sum = 0;

    (void) type;
    for (int i = 0; chars != NULL && i < times; i++) {
        unsigned index = if_nametoindex(chars);
        sum += index == 0 ? -errno : (long) index;
    }
    (*env)->ReleaseStringUTFChars(env, name, chars);
    return sum;
}

LOOP(CallRows, CCall, close)(JNIEnv *env, jclass type, jint times)
{
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += close(-1) < 0 ? -errno : 0;
    }
    return sum;
}

/* syscall(2) as the others use it, not getppid(2), which needs no arguments */
LOOP(CallRows, CCall, getppid)(JNIEnv *env, jclass type, jint times)
{
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += syscall(SYS_getppid, 0L, 0L, 0L, 0L, 0L, 0L);
    }
    return sum;
}
