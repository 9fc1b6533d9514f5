/*
 * The functions of include/calls.def as native methods of JniCalls, and what JniLibc adds: what libc returns, or -errno.
 * No Java object is made here but the buffer of NewDirectByteBuffer. The methods are registered, and not found by their
 * names, because the classes may have others: those of a copy of the library which a build moved to packages of its own.
 */
#include "system.h"

#include "calls.h"
#include "probe.h"

#include <jni.h>

/* Libc.HEAP_MAX: Java never asks for more. */
#define HEAP_MAX 16384

#define COUNT(array) ((jint)(sizeof(array) / sizeof *(array)))

/* What Java calls the types and results of calls.def, in C and in a method's signature. */
#define JAVA_int jint
#define JAVA_long jlong
#define JAVA_more jlong
#define JAVA_ptr jlong
#define JAVA_index jint
#define JAVA_string jlong
#define JAVA_code jint
#define JAVA_void void
#define LETTER_int "I"
#define LETTER_long "J"
#define LETTER_more "J"
#define LETTER_ptr "J"
#define LETTER_index "I"
#define LETTER_string "J"
#define LETTER_code "I"
#define LETTER_void "V"

#define PARAMETER(t, a) , JAVA_##t a
#define BODY(n, result, name, value, ...) \
    static JAVA_##result JNICALL jni_##name(JNIEnv *env, jobject self EACH##n(PARAMETER, __VA_ARGS__)) { \
        (void)env, (void)self; \
        return (JAVA_##result)(value); \
    }
#define CALL(n, result, name, number, ...) \
    BODY(n, result, name, VALUE_##result(name(LIST(EACH##n(C_VALUE, __VA_ARGS__)))), __VA_ARGS__)
#define NEWER(n, result, name, number, ...) \
    DECLARE_NEWER(n, name, __VA_ARGS__) \
    BODY(n, result, name, newer_##name == NULL ? -ENOSYS \
            : VALUE_##result(newer_##name(LIST(EACH##n(C_VALUE, __VA_ARGS__)))), __VA_ARGS__)
#include "calls.def"

#define LETTER(t, a) LETTER_##t
#define CALL(n, result, name, number, ...) \
    {#name, "(" EACH##n(LETTER, __VA_ARGS__) ")" LETTER_##result, (void *)jni_##name},
#define NEWER CALL
static const JNINativeMethod CALLS[] = {
#include "calls.def"
};

static jlong JNICALL jni_sendHeap(
        JNIEnv *env, jclass self, jint sockfd, jbyteArray buf, jint off, jint len, jint flags) {
    (void)self;
    jbyte copy[HEAP_MAX];
    (*env)->GetByteArrayRegion(env, buf, off, len, copy);
    return VALUE_long(send(sockfd, copy, (size_t)len, flags));
}

static jlong JNICALL jni_recvHeap(
        JNIEnv *env, jclass self, jint sockfd, jbyteArray buf, jint off, jint len, jint flags) {
    (void)self;
    jbyte copy[HEAP_MAX];
    if (flags & MSG_TRUNC) {
        (*env)->GetByteArrayRegion(env, buf, off, len, copy); /* TCP then stores nothing */
    }
    intptr_t received = VALUE_long(recv(sockfd, copy, (size_t)len, flags));
    if (received > 0) {
        /* with MSG_TRUNC the kernel tells the datagram's length, which may be more than arrived */
        (*env)->SetByteArrayRegion(env, buf, off, received < len ? (jsize)received : len, copy);
    }
    return received;
}

static jlong JNICALL jni_getDirectBufferAddress(JNIEnv *env, jobject self, jobject buffer) {
    (void)self;
    return (jlong)(intptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

static jobject JNICALL jni_newDirectByteBuffer(JNIEnv *env, jobject self, jlong address, jint capacity) {
    (void)self;
    return (*env)->NewDirectByteBuffer(env, (void *)(intptr_t)address, capacity);
}

static jint JNICALL jni_probe(JNIEnv *env, jclass self, jint row, jbyteArray buf) {
    (void)self;
    char text[256];
    int length = sockfd_probe(row, text, sizeof text);
    if (length > 0) {
        jsize room = (*env)->GetArrayLength(env, buf);
        (*env)->SetByteArrayRegion(env, buf, 0, length < room ? length : room, (const jbyte *)text);
    }
    return length;
}

static jint JNICALL jni_registered(JNIEnv *env, jclass self);

#define METHOD(name, signature) {#name, signature, (void *)jni_##name}
static const JNINativeMethod OTHERS[] = {
    METHOD(sendHeap, "(I[BIII)J"),
    METHOD(recvHeap, "(I[BIII)J"),
    METHOD(getDirectBufferAddress, "(Ljava/nio/ByteBuffer;)J"),
    METHOD(newDirectByteBuffer, "(JI)Ljava/nio/ByteBuffer;"),
    METHOD(probe, "(I[B)I"),
    METHOD(registered, "()I"),
};

static jint JNICALL jni_registered(JNIEnv *env, jclass self) {
    (void)env, (void)self;
    return COUNT(CALLS) + COUNT(OTHERS);
}

/* What the system property says that Shim sets for us, with / for each dot; 0 and an exception, or none, without it. */
static int class_name(JNIEnv *env, char *name, jsize size) {
    jclass system = (*env)->FindClass(env, "java/lang/System");
    jmethodID get = system ? (*env)->GetStaticMethodID(
            env, system, "getProperty", "(Ljava/lang/String;)Ljava/lang/String;") : NULL;
    jstring key = get ? (*env)->NewStringUTF(env, "sockfd.jni.class") : NULL;
    jstring value = key ? (*env)->CallStaticObjectMethod(env, system, get, key) : NULL;
    if (!value || (*env)->ExceptionCheck(env) || (*env)->GetStringUTFLength(env, value) >= size) {
        return 0;
    }
    (*env)->GetStringUTFRegion(env, value, 0, (*env)->GetStringLength(env, value), name);
    name[(*env)->GetStringUTFLength(env, value)] = 0;
    for (char *c = name; *c; c++) {
        *c = *c == '.' ? '/' : *c;
    }
    return 1;
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    (void)reserved;
    JNIEnv *env;
    char name[1024];
    if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8) != JNI_OK || !class_name(env, name, sizeof name)) {
        return JNI_ERR;
    }
    jclass libc = (*env)->FindClass(env, name);
    jclass calls = libc ? (*env)->GetSuperclass(env, libc) : NULL;
    return calls && (*env)->RegisterNatives(env, calls, CALLS, COUNT(CALLS)) == JNI_OK
            && (*env)->RegisterNatives(env, libc, OTHERS, COUNT(OTHERS)) == JNI_OK ? JNI_VERSION_1_8 : JNI_ERR;
}
