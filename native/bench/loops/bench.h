/* What the loops share. Each file has the C contestants of one family of the benchmarks, or of several that are alike. */
#pragma once

#include <errno.h>
#include <jni.h>

/* The native method of a contestant, which is a class in its family's file: LOOP(StreamRows, CStream, sendRecv)(JNIEnv … */
#define LOOP(family, contestant, method) \
    JNIEXPORT jlong JNICALL Java_io_sockfd_benchmarks_operation_##family##_00024##contestant##_##method

/* Ends a loop with what C has to say. */
#define CHECK(call)        \
    do {                   \
        if ((call) < 0) {  \
            return -errno; \
        }                  \
    } while (0)
