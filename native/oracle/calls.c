/* Every function of include/calls.def by its name, and the forms for heap arrays. */
#include "oracle.h"

#include "calls.h"

/* What the heap forms of send and recv of the Java interface promise. */
enum { HEAP_MAX = 16384 };

static size_t heap_length(long length) {
    return length > HEAP_MAX ? HEAP_MAX : (size_t)length;
}

#define LOCAL(t, name) long name = *a++;
#define CALL(n, result, name, number, ...) \
    static long call_##name(const long *a) { \
        EACH##n(LOCAL, __VA_ARGS__) \
        return VALUE_##result(name(LIST(EACH##n(C_VALUE, __VA_ARGS__)))); \
    }
#define NEWER(n, result, name, number, ...) \
    DECLARE_NEWER(n, name, __VA_ARGS__) \
    static long call_##name(const long *a) { \
        EACH##n(LOCAL, __VA_ARGS__) \
        return newer_##name == NULL ? -ENOSYS : VALUE_##result(newer_##name(LIST(EACH##n(C_VALUE, __VA_ARGS__)))); \
    }
#include "calls.def"

static long call_send_heap(const long *a) {
    return VALUE_long(send((int)a[0], (char *)a[1] + a[2], heap_length(a[3]), (int)a[4] | MSG_DONTWAIT));
}

static long call_recv_heap(const long *a) {
    return VALUE_long(recv((int)a[0], (char *)a[1] + a[2], heap_length(a[3]), (int)a[4] | MSG_DONTWAIT));
}

#define CALL(n, result, name, number, ...) {#name, n, call_##name},
#define NEWER CALL
static const struct call calls[] = {
#include "calls.def"
    {"send[]", 5, call_send_heap},
    {"recv[]", 5, call_recv_heap},
};

const struct call *call_find(const char *name) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, name) == 0) {
            return &calls[i];
        }
    }
    return NULL;
}
