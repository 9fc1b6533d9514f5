/* What the loops share. Each file is the C contestant of one package of the benchmarks. */
#pragma once

#include <errno.h>
#include <jni.h>

/* Ends a loop with what C has to say. */
#define CHECK(call)        \
    do {                   \
        if ((call) < 0) {  \
            return -errno; \
        }                  \
    } while (0)
