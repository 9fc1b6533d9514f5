/*
 * The calls of include/sockfd.h as native methods of JniLibc. No Java object is made here but the buffer of
 * NewDirectByteBuffer. The methods are registered, and not found by their names, because the class may have another: that
 * of a copy of the library which a build moved to packages of its own.
 */
#include "sockfd.h"

#include <jni.h>
#include <string.h>
#include <sys/socket.h>

/* Libc.HEAP_MAX: Java never asks for more. */
#define HEAP_MAX 16384

static jint JNICALL jni_socket(JNIEnv *env, jobject self, jint domain, jint type, jint protocol) {
    (void)env, (void)self;
    return sockfd_socket(domain, type, protocol);
}

static jint JNICALL jni_socketpair(JNIEnv *env, jobject self, jint domain, jint type, jint protocol, jlong sv) {
    (void)env, (void)self;
    return sockfd_socketpair(domain, type, protocol, sv);
}

static jint JNICALL jni_bind(JNIEnv *env, jobject self, jint sockfd, jlong addr, jint addrlen) {
    (void)env, (void)self;
    return sockfd_bind(sockfd, addr, addrlen);
}

static jint JNICALL jni_listen(JNIEnv *env, jobject self, jint sockfd, jint backlog) {
    (void)env, (void)self;
    return sockfd_listen(sockfd, backlog);
}

static jint JNICALL jni_accept(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_accept(sockfd, addr, addrlen);
}

static jint JNICALL jni_accept4(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen, jint flags) {
    (void)env, (void)self;
    return sockfd_accept4(sockfd, addr, addrlen, flags);
}

static jint JNICALL jni_connect(JNIEnv *env, jobject self, jint sockfd, jlong addr, jint addrlen) {
    (void)env, (void)self;
    return sockfd_connect(sockfd, addr, addrlen);
}

static jint JNICALL jni_getsockname(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_getsockname(sockfd, addr, addrlen);
}

static jint JNICALL jni_getpeername(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_getpeername(sockfd, addr, addrlen);
}

static jint JNICALL jni_getsockopt(JNIEnv *env, jobject self, jint sockfd, jint level, jint optname, jlong optval, jlong optlen) {
    (void)env, (void)self;
    return sockfd_getsockopt(sockfd, level, optname, optval, optlen);
}

static jint JNICALL jni_setsockopt(JNIEnv *env, jobject self, jint sockfd, jint level, jint optname, jlong optval, jint optlen) {
    (void)env, (void)self;
    return sockfd_setsockopt(sockfd, level, optname, optval, optlen);
}

static jint JNICALL jni_shutdown(JNIEnv *env, jobject self, jint sockfd, jint how) {
    (void)env, (void)self;
    return sockfd_shutdown(sockfd, how);
}

static jlong JNICALL jni_send(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_send(sockfd, buf, len, flags);
}

static jlong JNICALL jni_sendto(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags, jlong dest_addr, jint addrlen) {
    (void)env, (void)self;
    return sockfd_sendto(sockfd, buf, len, flags, dest_addr, addrlen);
}

static jlong JNICALL jni_sendmsg(JNIEnv *env, jobject self, jint sockfd, jlong msg, jint flags) {
    (void)env, (void)self;
    return sockfd_sendmsg(sockfd, msg, flags);
}

static jint JNICALL jni_sendmmsg(JNIEnv *env, jobject self, jint sockfd, jlong msgvec, jint vlen, jint flags) {
    (void)env, (void)self;
    return sockfd_sendmmsg(sockfd, msgvec, vlen, flags);
}

static jlong JNICALL jni_recv(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_recv(sockfd, buf, len, flags);
}

static jlong JNICALL jni_recvfrom(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags, jlong src_addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_recvfrom(sockfd, buf, len, flags, src_addr, addrlen);
}

static jlong JNICALL jni_recvmsg(JNIEnv *env, jobject self, jint sockfd, jlong msg, jint flags) {
    (void)env, (void)self;
    return sockfd_recvmsg(sockfd, msg, flags);
}

static jint JNICALL jni_recvmmsg(JNIEnv *env, jobject self, jint sockfd, jlong msgvec, jint vlen, jint flags, jlong timeout) {
    (void)env, (void)self;
    return sockfd_recvmmsg(sockfd, msgvec, vlen, flags, timeout);
}

static jlong JNICALL jni_read(JNIEnv *env, jobject self, jint fd, jlong buf, jlong count) {
    (void)env, (void)self;
    return sockfd_read(fd, buf, count);
}

static jlong JNICALL jni_write(JNIEnv *env, jobject self, jint fd, jlong buf, jlong count) {
    (void)env, (void)self;
    return sockfd_write(fd, buf, count);
}

static jlong JNICALL jni_readv(JNIEnv *env, jobject self, jint fd, jlong iov, jint iovcnt) {
    (void)env, (void)self;
    return sockfd_readv(fd, iov, iovcnt);
}

static jlong JNICALL jni_writev(JNIEnv *env, jobject self, jint fd, jlong iov, jint iovcnt) {
    (void)env, (void)self;
    return sockfd_writev(fd, iov, iovcnt);
}

static jint JNICALL jni_close(JNIEnv *env, jobject self, jint fd) {
    (void)env, (void)self;
    return sockfd_close(fd);
}

static jint JNICALL jni_dup(JNIEnv *env, jobject self, jint oldfd) {
    (void)env, (void)self;
    return sockfd_dup(oldfd);
}

static jint JNICALL jni_dup3(JNIEnv *env, jobject self, jint oldfd, jint newfd, jint flags) {
    (void)env, (void)self;
    return sockfd_dup3(oldfd, newfd, flags);
}

static jint JNICALL jni_fcntl(JNIEnv *env, jobject self, jint fd, jint cmd, jlong arg) {
    (void)env, (void)self;
    return sockfd_fcntl(fd, cmd, arg);
}

static jint JNICALL jni_ioctl(JNIEnv *env, jobject self, jint fd, jlong request, jlong argp) {
    (void)env, (void)self;
    return sockfd_ioctl(fd, request, argp);
}

static jint JNICALL jni_pipe2(JNIEnv *env, jobject self, jlong pipefd, jint flags) {
    (void)env, (void)self;
    return sockfd_pipe2(pipefd, flags);
}

static jint JNICALL jni_poll(JNIEnv *env, jobject self, jlong fds, jlong nfds, jint timeout) {
    (void)env, (void)self;
    return sockfd_poll(fds, nfds, timeout);
}

static jint JNICALL jni_ppoll(JNIEnv *env, jobject self, jlong fds, jlong nfds, jlong tmo_p, jlong sigmask) {
    (void)env, (void)self;
    return sockfd_ppoll(fds, nfds, tmo_p, sigmask);
}

static jint JNICALL jni_epoll_create1(JNIEnv *env, jobject self, jint flags) {
    (void)env, (void)self;
    return sockfd_epoll_create1(flags);
}

static jint JNICALL jni_epoll_ctl(JNIEnv *env, jobject self, jint epfd, jint op, jint fd, jlong event) {
    (void)env, (void)self;
    return sockfd_epoll_ctl(epfd, op, fd, event);
}

static jint JNICALL jni_epoll_wait(JNIEnv *env, jobject self, jint epfd, jlong events, jint maxevents, jint timeout) {
    (void)env, (void)self;
    return sockfd_epoll_wait(epfd, events, maxevents, timeout);
}

static jint JNICALL jni_epoll_pwait(JNIEnv *env, jobject self, jint epfd, jlong events, jint maxevents, jint timeout, jlong sigmask) {
    (void)env, (void)self;
    return sockfd_epoll_pwait(epfd, events, maxevents, timeout, sigmask);
}

static jint JNICALL jni_epoll_pwait2(JNIEnv *env, jobject self, jint epfd, jlong events, jint maxevents, jlong timeout, jlong sigmask) {
    (void)env, (void)self;
    return sockfd_epoll_pwait2(epfd, events, maxevents, timeout, sigmask);
}

static jint JNICALL jni_eventfd(JNIEnv *env, jobject self, jint initval, jint flags) {
    (void)env, (void)self;
    return sockfd_eventfd(initval, flags);
}

static jint JNICALL jni_timerfd_create(JNIEnv *env, jobject self, jint clockid, jint flags) {
    (void)env, (void)self;
    return sockfd_timerfd_create(clockid, flags);
}

static jint JNICALL jni_timerfd_settime(JNIEnv *env, jobject self, jint fd, jint flags, jlong new_value, jlong old_value) {
    (void)env, (void)self;
    return sockfd_timerfd_settime(fd, flags, new_value, old_value);
}

static jint JNICALL jni_timerfd_gettime(JNIEnv *env, jobject self, jint fd, jlong curr_value) {
    (void)env, (void)self;
    return sockfd_timerfd_gettime(fd, curr_value);
}

static jint JNICALL jni_signalfd(JNIEnv *env, jobject self, jint fd, jlong mask, jint flags) {
    (void)env, (void)self;
    return sockfd_signalfd(fd, mask, flags);
}

static jlong JNICALL jni_sendfile(JNIEnv *env, jobject self, jint out_fd, jint in_fd, jlong offset, jlong count) {
    (void)env, (void)self;
    return sockfd_sendfile(out_fd, in_fd, offset, count);
}

static jlong JNICALL jni_splice(JNIEnv *env, jobject self, jint fd_in, jlong off_in, jint fd_out, jlong off_out, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_splice(fd_in, off_in, fd_out, off_out, len, flags);
}

static jlong JNICALL jni_tee(JNIEnv *env, jobject self, jint fd_in, jint fd_out, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_tee(fd_in, fd_out, len, flags);
}

static jlong JNICALL jni_vmsplice(JNIEnv *env, jobject self, jint fd, jlong iov, jlong nr_segs, jint flags) {
    (void)env, (void)self;
    return sockfd_vmsplice(fd, iov, nr_segs, flags);
}

static jlong JNICALL jni_mmap(JNIEnv *env, jobject self, jlong addr, jlong length, jint prot, jint flags, jint fd, jlong offset) {
    (void)env, (void)self;
    return sockfd_mmap(addr, length, prot, flags, fd, offset);
}

static jint JNICALL jni_munmap(JNIEnv *env, jobject self, jlong addr, jlong length) {
    (void)env, (void)self;
    return sockfd_munmap(addr, length);
}

static jint JNICALL jni_if_nametoindex(JNIEnv *env, jobject self, jlong ifname) {
    (void)env, (void)self;
    return sockfd_if_nametoindex(ifname);
}

static jlong JNICALL jni_if_indextoname(JNIEnv *env, jobject self, jint ifindex, jlong ifname) {
    (void)env, (void)self;
    return sockfd_if_indextoname(ifindex, ifname);
}

static jint JNICALL jni_gethostname(JNIEnv *env, jobject self, jlong name, jlong len) {
    (void)env, (void)self;
    return sockfd_gethostname(name, len);
}

static jint JNICALL jni_getaddrinfo(JNIEnv *env, jobject self, jlong node, jlong service, jlong hints, jlong res) {
    (void)env, (void)self;
    return sockfd_getaddrinfo(node, service, hints, res);
}

static void JNICALL jni_freeaddrinfo(JNIEnv *env, jobject self, jlong res) {
    (void)env, (void)self;
    sockfd_freeaddrinfo(res);
}

static jint JNICALL jni_unshare(JNIEnv *env, jobject self, jint flags) {
    (void)env, (void)self;
    return sockfd_unshare(flags);
}

static jint JNICALL jni_setns(JNIEnv *env, jobject self, jint fd, jint nstype) {
    (void)env, (void)self;
    return sockfd_setns(fd, nstype);
}

static jint JNICALL jni_pidfd_open(JNIEnv *env, jobject self, jint pid, jint flags) {
    (void)env, (void)self;
    return sockfd_pidfd_open(pid, flags);
}

static jint JNICALL jni_pidfd_getfd(JNIEnv *env, jobject self, jint pidfd, jint targetfd, jint flags) {
    (void)env, (void)self;
    return sockfd_pidfd_getfd(pidfd, targetfd, flags);
}

static jint JNICALL jni_memfd_create(JNIEnv *env, jobject self, jlong name, jint flags) {
    (void)env, (void)self;
    return sockfd_memfd_create(name, flags);
}

static jlong JNICALL jni_syscall(JNIEnv *env, jobject self, jlong number, jlong a1, jlong a2, jlong a3, jlong a4, jlong a5, jlong a6) {
    (void)env, (void)self;
    return sockfd_syscall(number, a1, a2, a3, a4, a5, a6);
}

static jlong JNICALL jni_sendHeap(
        JNIEnv *env, jclass self, jint sockfd, jbyteArray buf, jint off, jint len, jint flags) {
    (void)self;
    jbyte copy[HEAP_MAX];
    (*env)->GetByteArrayRegion(env, buf, off, len, copy);
    return sockfd_send(sockfd, (intptr_t)copy, len, flags);
}

static jlong JNICALL jni_recvHeap(
        JNIEnv *env, jclass self, jint sockfd, jbyteArray buf, jint off, jint len, jint flags) {
    (void)self;
    jbyte copy[HEAP_MAX];
    if (flags & MSG_TRUNC) {
        (*env)->GetByteArrayRegion(env, buf, off, len, copy); /* TCP then stores nothing */
    }
    intptr_t received = sockfd_recv(sockfd, (intptr_t)copy, len, flags);
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

#define METHOD(name, signature) { #name, signature, (void *)jni_##name }

static const JNINativeMethod METHODS[] = {
    METHOD(socket, "(III)I"),
    METHOD(socketpair, "(IIIJ)I"),
    METHOD(bind, "(IJI)I"),
    METHOD(listen, "(II)I"),
    METHOD(accept, "(IJJ)I"),
    METHOD(accept4, "(IJJI)I"),
    METHOD(connect, "(IJI)I"),
    METHOD(getsockname, "(IJJ)I"),
    METHOD(getpeername, "(IJJ)I"),
    METHOD(getsockopt, "(IIIJJ)I"),
    METHOD(setsockopt, "(IIIJI)I"),
    METHOD(shutdown, "(II)I"),
    METHOD(send, "(IJJI)J"),
    METHOD(sendto, "(IJJIJI)J"),
    METHOD(sendmsg, "(IJI)J"),
    METHOD(sendmmsg, "(IJII)I"),
    METHOD(recv, "(IJJI)J"),
    METHOD(recvfrom, "(IJJIJJ)J"),
    METHOD(recvmsg, "(IJI)J"),
    METHOD(recvmmsg, "(IJIIJ)I"),
    METHOD(read, "(IJJ)J"),
    METHOD(write, "(IJJ)J"),
    METHOD(readv, "(IJI)J"),
    METHOD(writev, "(IJI)J"),
    METHOD(close, "(I)I"),
    METHOD(dup, "(I)I"),
    METHOD(dup3, "(III)I"),
    METHOD(fcntl, "(IIJ)I"),
    METHOD(ioctl, "(IJJ)I"),
    METHOD(pipe2, "(JI)I"),
    METHOD(poll, "(JJI)I"),
    METHOD(ppoll, "(JJJJ)I"),
    METHOD(epoll_create1, "(I)I"),
    METHOD(epoll_ctl, "(IIIJ)I"),
    METHOD(epoll_wait, "(IJII)I"),
    METHOD(epoll_pwait, "(IJIIJ)I"),
    METHOD(epoll_pwait2, "(IJIJJ)I"),
    METHOD(eventfd, "(II)I"),
    METHOD(timerfd_create, "(II)I"),
    METHOD(timerfd_settime, "(IIJJ)I"),
    METHOD(timerfd_gettime, "(IJ)I"),
    METHOD(signalfd, "(IJI)I"),
    METHOD(sendfile, "(IIJJ)J"),
    METHOD(splice, "(IJIJJI)J"),
    METHOD(tee, "(IIJI)J"),
    METHOD(vmsplice, "(IJJI)J"),
    METHOD(mmap, "(JJIIIJ)J"),
    METHOD(munmap, "(JJ)I"),
    METHOD(if_nametoindex, "(J)I"),
    METHOD(if_indextoname, "(IJ)J"),
    METHOD(gethostname, "(JJ)I"),
    METHOD(getaddrinfo, "(JJJJ)I"),
    METHOD(freeaddrinfo, "(J)V"),
    METHOD(unshare, "(I)I"),
    METHOD(setns, "(II)I"),
    METHOD(pidfd_open, "(II)I"),
    METHOD(pidfd_getfd, "(III)I"),
    METHOD(memfd_create, "(JI)I"),
    METHOD(syscall, "(JJJJJJJ)J"),
    METHOD(sendHeap, "(I[BIII)J"),
    METHOD(recvHeap, "(I[BIII)J"),
    METHOD(getDirectBufferAddress, "(Ljava/nio/ByteBuffer;)J"),
    METHOD(newDirectByteBuffer, "(JI)Ljava/nio/ByteBuffer;"),
    METHOD(probe, "(I[B)I"),
    METHOD(registered, "()I"),
};

enum { COUNT = sizeof METHODS / sizeof *METHODS };

static jint JNICALL jni_registered(JNIEnv *env, jclass self) {
    (void)env, (void)self;
    return COUNT;
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
    return libc && (*env)->RegisterNatives(env, libc, METHODS, COUNT) == JNI_OK ? JNI_VERSION_1_8 : JNI_ERR;
}
