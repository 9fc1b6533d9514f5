/* Requests to valgrind's callgrind: instructions that do nothing elsewhere. */
#include "bench.h"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif

JNIEXPORT jint JNICALL Java_io_sockfd_benchmarks_count_InstructionsWindow_begin(JNIEnv *env, jclass type)
{
    (void) env;
    (void) type;
#ifdef CALLGRIND_START_INSTRUMENTATION
    if (!RUNNING_ON_VALGRIND) {
        return -ESRCH;
    }
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    return 0;
#else
    return -ENOSYS;
#endif
}

JNIEXPORT void JNICALL Java_io_sockfd_benchmarks_count_InstructionsWindow_end(JNIEnv *env, jclass type, jstring name)
{
    (void) type;
#ifdef CALLGRIND_START_INSTRUMENTATION
    const char *text = name == NULL ? NULL : (*env)->GetStringUTFChars(env, name, NULL);

    if (text != NULL) {
        CALLGRIND_DUMP_STATS_AT(text);
        (*env)->ReleaseStringUTFChars(env, name, text);
    }
    CALLGRIND_STOP_INSTRUMENTATION;
#else
    (void) env;
    (void) name;
#endif
}
