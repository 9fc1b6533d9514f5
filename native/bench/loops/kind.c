/* Functions with next to nothing in them, for FFM, JNI and jnr-ffi; and loops around them for C. */
#include "bench.h"

#define SHOWN __attribute__((visibility("default"), noinline, noclone))

SHOWN long kind_nothing(long number)
{
    return number + 1;
}

SHOWN long kind_first(const unsigned char *memory)
{
    return memory[0];
}

SHOWN long kind_fails(long number)
{
    (void) number;
    errno = EAGAIN;
    return -1;
}

SHOWN long kind_back(long (*back)(long), long number)
{
    return back(number);
}

LOOP(KindRows, CKind, nothing)(JNIEnv *env, jclass type, jint times)
{
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += kind_nothing(i);
        __asm__ volatile("" : "+r"(sum)); // one call for each turn
    }
    return sum;
}

LOOP(KindRows, CKind, first)(JNIEnv *env, jclass type, jint times)
{
    static unsigned char memory[64] = {7};
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += kind_first(memory);
        __asm__ volatile("" : "+r"(sum) : : "memory");
    }
    return sum;
}

LOOP(KindRows, CKind, fails)(JNIEnv *env, jclass type, jint times)
{
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += kind_fails(i) < 0 ? -errno : 0;
    }
    return sum;
}

LOOP(KindRows, CKind, back)(JNIEnv *env, jclass type, jint times)
{
    long (*volatile back)(long) = kind_nothing;
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        sum += kind_back(back, i);
    }
    return sum;
}

LOOP(KindRows, JniKind, nothing)(JNIEnv *env, jclass type, jlong number)
{
    (void) env;
    (void) type;
    return kind_nothing(number);
}

LOOP(KindRows, JniKind, first)(JNIEnv *env, jclass type, jobject buffer)
{
    (void) type;
    return kind_first((*env)->GetDirectBufferAddress(env, buffer));
}

LOOP(KindRows, JniKind, firstOf)(JNIEnv *env, jclass type, jbyteArray array)
{
    (void) type;
    void *memory = (*env)->GetPrimitiveArrayCritical(env, array, NULL);
    long first = memory == NULL ? -1 : kind_first(memory);
    if (memory != NULL) {
        (*env)->ReleasePrimitiveArrayCritical(env, array, memory, JNI_ABORT);
    }
    return first;
}

LOOP(KindRows, JniKind, fails)(JNIEnv *env, jclass type, jlong number)
{
    (void) env;
    (void) type;
    return kind_fails(number) < 0 ? -errno : 0;
}

static JNIEnv *caller;
static jclass callee;
static jmethodID method;

static long callJava(long number)
{
    return (*caller)->CallStaticLongMethod(caller, callee, method, (jlong) number);
}

LOOP(KindRows, JniKind, back)(JNIEnv *env, jclass type, jlong number)
{
    if (method == NULL) {
        method = (*env)->GetStaticMethodID(env, type, "plusOne", "(J)J");
    }
    caller = env; // one thread calls
    callee = type;
    return kind_back(callJava, number);
}
