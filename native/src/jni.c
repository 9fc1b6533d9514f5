/* Java's names for the calls of include/sockfd.h. No Java object is made here but the buffer of NewDirectByteBuffer. */
#include "sockfd.h"

#include <jni.h>
#include <string.h>
#include <sys/socket.h>

#define JNI(method) Java_io_sockfd_internal_jni_JniLibc_##method

/* Libc.HEAP_MAX: Java never asks for more. */
#define HEAP_MAX 16384

JNIEXPORT jint JNICALL JNI(socket)(JNIEnv *env, jobject self, jint domain, jint type, jint protocol) {
    (void)env, (void)self;
    return sockfd_socket(domain, type, protocol);
}

JNIEXPORT jint JNICALL JNI(socketpair)(JNIEnv *env, jobject self, jint domain, jint type, jint protocol, jlong sv) {
    (void)env, (void)self;
    return sockfd_socketpair(domain, type, protocol, sv);
}

JNIEXPORT jint JNICALL JNI(bind)(JNIEnv *env, jobject self, jint sockfd, jlong addr, jint addrlen) {
    (void)env, (void)self;
    return sockfd_bind(sockfd, addr, addrlen);
}

JNIEXPORT jint JNICALL JNI(listen)(JNIEnv *env, jobject self, jint sockfd, jint backlog) {
    (void)env, (void)self;
    return sockfd_listen(sockfd, backlog);
}

JNIEXPORT jint JNICALL JNI(accept)(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_accept(sockfd, addr, addrlen);
}

JNIEXPORT jint JNICALL JNI(accept4)(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen, jint flags) {
    (void)env, (void)self;
    return sockfd_accept4(sockfd, addr, addrlen, flags);
}

JNIEXPORT jint JNICALL JNI(connect)(JNIEnv *env, jobject self, jint sockfd, jlong addr, jint addrlen) {
    (void)env, (void)self;
    return sockfd_connect(sockfd, addr, addrlen);
}

JNIEXPORT jint JNICALL JNI(getsockname)(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_getsockname(sockfd, addr, addrlen);
}

JNIEXPORT jint JNICALL JNI(getpeername)(JNIEnv *env, jobject self, jint sockfd, jlong addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_getpeername(sockfd, addr, addrlen);
}

JNIEXPORT jint JNICALL JNI(getsockopt)(JNIEnv *env, jobject self, jint sockfd, jint level, jint optname, jlong optval, jlong optlen) {
    (void)env, (void)self;
    return sockfd_getsockopt(sockfd, level, optname, optval, optlen);
}

JNIEXPORT jint JNICALL JNI(setsockopt)(JNIEnv *env, jobject self, jint sockfd, jint level, jint optname, jlong optval, jint optlen) {
    (void)env, (void)self;
    return sockfd_setsockopt(sockfd, level, optname, optval, optlen);
}

JNIEXPORT jint JNICALL JNI(shutdown)(JNIEnv *env, jobject self, jint sockfd, jint how) {
    (void)env, (void)self;
    return sockfd_shutdown(sockfd, how);
}

JNIEXPORT jlong JNICALL JNI(send__IJJI)(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_send(sockfd, buf, len, flags);
}

JNIEXPORT jlong JNICALL JNI(sendto)(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags, jlong dest_addr, jint addrlen) {
    (void)env, (void)self;
    return sockfd_sendto(sockfd, buf, len, flags, dest_addr, addrlen);
}

JNIEXPORT jlong JNICALL JNI(sendmsg)(JNIEnv *env, jobject self, jint sockfd, jlong msg, jint flags) {
    (void)env, (void)self;
    return sockfd_sendmsg(sockfd, msg, flags);
}

JNIEXPORT jint JNICALL JNI(sendmmsg)(JNIEnv *env, jobject self, jint sockfd, jlong msgvec, jint vlen, jint flags) {
    (void)env, (void)self;
    return sockfd_sendmmsg(sockfd, msgvec, vlen, flags);
}

JNIEXPORT jlong JNICALL JNI(recv__IJJI)(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_recv(sockfd, buf, len, flags);
}

JNIEXPORT jlong JNICALL JNI(recvfrom)(JNIEnv *env, jobject self, jint sockfd, jlong buf, jlong len, jint flags, jlong src_addr, jlong addrlen) {
    (void)env, (void)self;
    return sockfd_recvfrom(sockfd, buf, len, flags, src_addr, addrlen);
}

JNIEXPORT jlong JNICALL JNI(recvmsg)(JNIEnv *env, jobject self, jint sockfd, jlong msg, jint flags) {
    (void)env, (void)self;
    return sockfd_recvmsg(sockfd, msg, flags);
}

JNIEXPORT jint JNICALL JNI(recvmmsg)(JNIEnv *env, jobject self, jint sockfd, jlong msgvec, jint vlen, jint flags, jlong timeout) {
    (void)env, (void)self;
    return sockfd_recvmmsg(sockfd, msgvec, vlen, flags, timeout);
}

JNIEXPORT jlong JNICALL JNI(read)(JNIEnv *env, jobject self, jint fd, jlong buf, jlong count) {
    (void)env, (void)self;
    return sockfd_read(fd, buf, count);
}

JNIEXPORT jlong JNICALL JNI(write)(JNIEnv *env, jobject self, jint fd, jlong buf, jlong count) {
    (void)env, (void)self;
    return sockfd_write(fd, buf, count);
}

JNIEXPORT jlong JNICALL JNI(readv)(JNIEnv *env, jobject self, jint fd, jlong iov, jint iovcnt) {
    (void)env, (void)self;
    return sockfd_readv(fd, iov, iovcnt);
}

JNIEXPORT jlong JNICALL JNI(writev)(JNIEnv *env, jobject self, jint fd, jlong iov, jint iovcnt) {
    (void)env, (void)self;
    return sockfd_writev(fd, iov, iovcnt);
}

JNIEXPORT jint JNICALL JNI(close)(JNIEnv *env, jobject self, jint fd) {
    (void)env, (void)self;
    return sockfd_close(fd);
}

JNIEXPORT jint JNICALL JNI(dup)(JNIEnv *env, jobject self, jint oldfd) {
    (void)env, (void)self;
    return sockfd_dup(oldfd);
}

JNIEXPORT jint JNICALL JNI(dup3)(JNIEnv *env, jobject self, jint oldfd, jint newfd, jint flags) {
    (void)env, (void)self;
    return sockfd_dup3(oldfd, newfd, flags);
}

JNIEXPORT jint JNICALL JNI(fcntl)(JNIEnv *env, jobject self, jint fd, jint cmd, jlong arg) {
    (void)env, (void)self;
    return sockfd_fcntl(fd, cmd, arg);
}

JNIEXPORT jint JNICALL JNI(ioctl)(JNIEnv *env, jobject self, jint fd, jlong request, jlong argp) {
    (void)env, (void)self;
    return sockfd_ioctl(fd, request, argp);
}

JNIEXPORT jint JNICALL JNI(pipe2)(JNIEnv *env, jobject self, jlong pipefd, jint flags) {
    (void)env, (void)self;
    return sockfd_pipe2(pipefd, flags);
}

JNIEXPORT jint JNICALL JNI(poll)(JNIEnv *env, jobject self, jlong fds, jlong nfds, jint timeout) {
    (void)env, (void)self;
    return sockfd_poll(fds, nfds, timeout);
}

JNIEXPORT jint JNICALL JNI(ppoll)(JNIEnv *env, jobject self, jlong fds, jlong nfds, jlong tmo_p, jlong sigmask) {
    (void)env, (void)self;
    return sockfd_ppoll(fds, nfds, tmo_p, sigmask);
}

JNIEXPORT jint JNICALL JNI(epoll_1create1)(JNIEnv *env, jobject self, jint flags) {
    (void)env, (void)self;
    return sockfd_epoll_create1(flags);
}

JNIEXPORT jint JNICALL JNI(epoll_1ctl)(JNIEnv *env, jobject self, jint epfd, jint op, jint fd, jlong event) {
    (void)env, (void)self;
    return sockfd_epoll_ctl(epfd, op, fd, event);
}

JNIEXPORT jint JNICALL JNI(epoll_1wait)(JNIEnv *env, jobject self, jint epfd, jlong events, jint maxevents, jint timeout) {
    (void)env, (void)self;
    return sockfd_epoll_wait(epfd, events, maxevents, timeout);
}

JNIEXPORT jint JNICALL JNI(epoll_1pwait)(JNIEnv *env, jobject self, jint epfd, jlong events, jint maxevents, jint timeout, jlong sigmask) {
    (void)env, (void)self;
    return sockfd_epoll_pwait(epfd, events, maxevents, timeout, sigmask);
}

JNIEXPORT jint JNICALL JNI(epoll_1pwait2)(JNIEnv *env, jobject self, jint epfd, jlong events, jint maxevents, jlong timeout, jlong sigmask) {
    (void)env, (void)self;
    return sockfd_epoll_pwait2(epfd, events, maxevents, timeout, sigmask);
}

JNIEXPORT jint JNICALL JNI(eventfd)(JNIEnv *env, jobject self, jint initval, jint flags) {
    (void)env, (void)self;
    return sockfd_eventfd(initval, flags);
}

JNIEXPORT jint JNICALL JNI(timerfd_1create)(JNIEnv *env, jobject self, jint clockid, jint flags) {
    (void)env, (void)self;
    return sockfd_timerfd_create(clockid, flags);
}

JNIEXPORT jint JNICALL JNI(timerfd_1settime)(JNIEnv *env, jobject self, jint fd, jint flags, jlong new_value, jlong old_value) {
    (void)env, (void)self;
    return sockfd_timerfd_settime(fd, flags, new_value, old_value);
}

JNIEXPORT jint JNICALL JNI(timerfd_1gettime)(JNIEnv *env, jobject self, jint fd, jlong curr_value) {
    (void)env, (void)self;
    return sockfd_timerfd_gettime(fd, curr_value);
}

JNIEXPORT jint JNICALL JNI(signalfd)(JNIEnv *env, jobject self, jint fd, jlong mask, jint flags) {
    (void)env, (void)self;
    return sockfd_signalfd(fd, mask, flags);
}

JNIEXPORT jlong JNICALL JNI(sendfile)(JNIEnv *env, jobject self, jint out_fd, jint in_fd, jlong offset, jlong count) {
    (void)env, (void)self;
    return sockfd_sendfile(out_fd, in_fd, offset, count);
}

JNIEXPORT jlong JNICALL JNI(splice)(JNIEnv *env, jobject self, jint fd_in, jlong off_in, jint fd_out, jlong off_out, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_splice(fd_in, off_in, fd_out, off_out, len, flags);
}

JNIEXPORT jlong JNICALL JNI(tee)(JNIEnv *env, jobject self, jint fd_in, jint fd_out, jlong len, jint flags) {
    (void)env, (void)self;
    return sockfd_tee(fd_in, fd_out, len, flags);
}

JNIEXPORT jlong JNICALL JNI(vmsplice)(JNIEnv *env, jobject self, jint fd, jlong iov, jlong nr_segs, jint flags) {
    (void)env, (void)self;
    return sockfd_vmsplice(fd, iov, nr_segs, flags);
}

JNIEXPORT jlong JNICALL JNI(mmap)(JNIEnv *env, jobject self, jlong addr, jlong length, jint prot, jint flags, jint fd, jlong offset) {
    (void)env, (void)self;
    return sockfd_mmap(addr, length, prot, flags, fd, offset);
}

JNIEXPORT jint JNICALL JNI(munmap)(JNIEnv *env, jobject self, jlong addr, jlong length) {
    (void)env, (void)self;
    return sockfd_munmap(addr, length);
}

JNIEXPORT jint JNICALL JNI(if_1nametoindex)(JNIEnv *env, jobject self, jlong ifname) {
    (void)env, (void)self;
    return sockfd_if_nametoindex(ifname);
}

JNIEXPORT jlong JNICALL JNI(if_1indextoname)(JNIEnv *env, jobject self, jint ifindex, jlong ifname) {
    (void)env, (void)self;
    return sockfd_if_indextoname(ifindex, ifname);
}

JNIEXPORT jint JNICALL JNI(gethostname)(JNIEnv *env, jobject self, jlong name, jlong len) {
    (void)env, (void)self;
    return sockfd_gethostname(name, len);
}

JNIEXPORT jint JNICALL JNI(getaddrinfo)(JNIEnv *env, jobject self, jlong node, jlong service, jlong hints, jlong res) {
    (void)env, (void)self;
    return sockfd_getaddrinfo(node, service, hints, res);
}

JNIEXPORT void JNICALL JNI(freeaddrinfo)(JNIEnv *env, jobject self, jlong res) {
    (void)env, (void)self;
    sockfd_freeaddrinfo(res);
}

JNIEXPORT jint JNICALL JNI(unshare)(JNIEnv *env, jobject self, jint flags) {
    (void)env, (void)self;
    return sockfd_unshare(flags);
}

JNIEXPORT jint JNICALL JNI(setns)(JNIEnv *env, jobject self, jint fd, jint nstype) {
    (void)env, (void)self;
    return sockfd_setns(fd, nstype);
}

JNIEXPORT jint JNICALL JNI(pidfd_1open)(JNIEnv *env, jobject self, jint pid, jint flags) {
    (void)env, (void)self;
    return sockfd_pidfd_open(pid, flags);
}

JNIEXPORT jint JNICALL JNI(pidfd_1getfd)(JNIEnv *env, jobject self, jint pidfd, jint targetfd, jint flags) {
    (void)env, (void)self;
    return sockfd_pidfd_getfd(pidfd, targetfd, flags);
}

JNIEXPORT jint JNICALL JNI(memfd_1create)(JNIEnv *env, jobject self, jlong name, jint flags) {
    (void)env, (void)self;
    return sockfd_memfd_create(name, flags);
}

JNIEXPORT jlong JNICALL JNI(syscall)(JNIEnv *env, jobject self, jlong number, jlong a1, jlong a2, jlong a3, jlong a4, jlong a5, jlong a6) {
    (void)env, (void)self;
    return sockfd_syscall(number, a1, a2, a3, a4, a5, a6);
}

JNIEXPORT jlong JNICALL JNI(sendHeap)(
        JNIEnv *env, jclass self, jint sockfd, jbyteArray buf, jint off, jint len, jint flags) {
    (void)self;
    jbyte copy[HEAP_MAX];
    (*env)->GetByteArrayRegion(env, buf, off, len, copy);
    return sockfd_send(sockfd, (intptr_t)copy, len, flags);
}

JNIEXPORT jlong JNICALL JNI(recvHeap)(
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

JNIEXPORT jlong JNICALL JNI(getDirectBufferAddress)(JNIEnv *env, jobject self, jobject buffer) {
    (void)self;
    return (jlong)(intptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

JNIEXPORT jobject JNICALL JNI(newDirectByteBuffer)(JNIEnv *env, jobject self, jlong address, jint capacity) {
    (void)self;
    return (*env)->NewDirectByteBuffer(env, (void *)(intptr_t)address, capacity);
}

JNIEXPORT jint JNICALL JNI(probe)(JNIEnv *env, jclass self, jint row, jbyteArray buf) {
    (void)self;
    char text[256];
    int length = sockfd_probe(row, text, sizeof text);
    if (length > 0) {
        jsize room = (*env)->GetArrayLength(env, buf);
        (*env)->SetByteArrayRegion(env, buf, 0, length < room ? length : room, (const jbyte *)text);
    }
    return length;
}
