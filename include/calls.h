/*
 * What a C file needs to read calls.def: it defines CALL(n, result, name, number, ...) and NEWER, which has the same
 * arguments, and includes calls.def. Of "...", the n types and names of the arguments, EACHn makes a list.
 */
#ifndef CALLS_H
#define CALLS_H

#include <errno.h>
#include <stdint.h>

/* f(type, name) of each argument. Where f writes a comma before each, LIST takes the first one away. */
#define EACH1(f, t, a) f(t, a)
#define EACH2(f, t, a, ...) f(t, a) EACH1(f, __VA_ARGS__)
#define EACH3(f, t, a, ...) f(t, a) EACH2(f, __VA_ARGS__)
#define EACH4(f, t, a, ...) f(t, a) EACH3(f, __VA_ARGS__)
#define EACH5(f, t, a, ...) f(t, a) EACH4(f, __VA_ARGS__)
#define EACH6(f, t, a, ...) f(t, a) EACH5(f, __VA_ARGS__)
#define EACH7(f, t, a, ...) f(t, a) EACH6(f, __VA_ARGS__)
#define LIST(...) WITHOUT_FIRST(__VA_ARGS__)
#define WITHOUT_FIRST(nothing, ...) __VA_ARGS__

/* The type and the value that C takes for an argument that Java or the oracle has as a number. */
#define C_TYPE(t, a) , C_TYPE_##t
#define C_TYPE_int int
#define C_TYPE_long intptr_t
#define C_TYPE_more intptr_t
#define C_TYPE_ptr void *
#define C_VALUE(t, a) , C_VALUE_##t(a)
#define C_VALUE_int(a) (int)a
#define C_VALUE_long(a) (intptr_t)a
#define C_VALUE_more(a) (intptr_t)a
#define C_VALUE_ptr(a) (void *)(intptr_t)a

/* Of what a call of this result returned: the value or -errno, as an intptr_t. */
#define VALUE_int(returned) minus_errno_for(-1, (intptr_t)(returned))
#define VALUE_long(returned) minus_errno_for(-1, (intptr_t)(returned))
#define VALUE_index(returned) minus_errno_for(0, (intptr_t)(returned))
#define VALUE_string(returned) minus_errno_for(0, (intptr_t)(returned))
#define VALUE_code(returned) (intptr_t)(returned)
#define VALUE_void(returned) ((returned), (intptr_t)0)

static inline intptr_t minus_errno_for(intptr_t failure, intptr_t returned) {
    return returned == failure ? -errno : returned;
}

/* A function that some libcs lack, under another name, because their headers lack it, too: NULL there. */
#define DECLARE_NEWER(n, name, ...) \
    extern int newer_##name(LIST(EACH##n(C_TYPE, __VA_ARGS__))) __asm__(#name) __attribute__((weak));

#define CALL1(...) CALL(1, __VA_ARGS__)
#define CALL2(...) CALL(2, __VA_ARGS__)
#define CALL3(...) CALL(3, __VA_ARGS__)
#define CALL4(...) CALL(4, __VA_ARGS__)
#define CALL5(...) CALL(5, __VA_ARGS__)
#define CALL6(...) CALL(6, __VA_ARGS__)
#define CALL7(...) CALL(7, __VA_ARGS__)
#define NEWER2(...) NEWER(2, __VA_ARGS__)
#define NEWER3(...) NEWER(3, __VA_ARGS__)
#define NEWER4(...) NEWER(4, __VA_ARGS__)
#define NEWER5(...) NEWER(5, __VA_ARGS__)
#define NEWER6(...) NEWER(6, __VA_ARGS__)
#define HAND(...)

#endif
