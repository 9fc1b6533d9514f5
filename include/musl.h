/*
 * Constants that glibc's headers have and musl's lack, so that all of constants.def compiles with either. Everything
 * yields to the headers. Included by system.h.
 */
#ifndef SOCKFD_MUSL_H
#define SOCKFD_MUSL_H

/* fcntl.h */
#ifndef F_EXLCK
#define F_EXLCK 4
#endif
#ifndef F_SHLCK
#define F_SHLCK 8
#endif
#ifndef F_GETLK64
#define F_GETLK64 F_GETLK
#endif
#ifndef F_SETLK64
#define F_SETLK64 F_SETLK
#endif
#ifndef F_SETLKW64
#define F_SETLKW64 F_SETLKW
#endif
#ifndef O_FSYNC
#define O_FSYNC O_SYNC
#endif

/* netdb.h */
#ifndef AI_IDN
#define AI_IDN 0x40
#endif
#ifndef AI_CANONIDN
#define AI_CANONIDN 0x80
#endif
#ifndef NI_IDN
#define NI_IDN 32
#endif

/* poll.h, signal.h, sys/mman.h */
#ifndef POLLREMOVE
#define POLLREMOVE 0x1000
#endif
#ifndef SA_INTERRUPT
#define SA_INTERRUPT 0x20000000
#endif
#ifndef SA_STACK
#define SA_STACK SA_ONSTACK
#endif
#ifndef SIGCLD
#define SIGCLD SIGCHLD
#endif
#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* sys/socket.h */
#ifndef AF_MCTP
#define AF_MCTP 45
#endif
#ifndef MSG_TRYHARD
#define MSG_TRYHARD MSG_DONTROUTE
#endif
#ifndef SOL_MPTCP
#define SOL_MPTCP 284
#endif

/* asm/socket.h, which clashes with musl's sys/socket.h: the same on the processors of include/abi */
#ifndef SO_TIMESTAMP_OLD
#define SO_TIMESTAMP_OLD SO_TIMESTAMP
#endif
#ifndef SO_TIMESTAMPNS_OLD
#define SO_TIMESTAMPNS_OLD SO_TIMESTAMPNS
#endif
#ifndef SO_TIMESTAMPING_OLD
#define SO_TIMESTAMPING_OLD SO_TIMESTAMPING
#endif
#ifndef SO_RCVTIMEO_OLD
#define SO_RCVTIMEO_OLD SO_RCVTIMEO
#endif
#ifndef SO_SNDTIMEO_OLD
#define SO_SNDTIMEO_OLD SO_SNDTIMEO
#endif
#ifndef SO_TIMESTAMP_NEW
#define SO_TIMESTAMP_NEW 63
#endif
#ifndef SO_TIMESTAMPNS_NEW
#define SO_TIMESTAMPNS_NEW 64
#endif
#ifndef SO_TIMESTAMPING_NEW
#define SO_TIMESTAMPING_NEW 65
#endif
#ifndef SO_RCVTIMEO_NEW
#define SO_RCVTIMEO_NEW 66
#endif
#ifndef SO_SNDTIMEO_NEW
#define SO_SNDTIMEO_NEW 67
#endif
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif
#ifndef SO_BUF_LOCK
#define SO_BUF_LOCK 72
#endif
#ifndef SO_RESERVE_MEM
#define SO_RESERVE_MEM 73
#endif
#ifndef SO_TXREHASH
#define SO_TXREHASH 74
#endif
#ifndef SO_RCVMARK
#define SO_RCVMARK 75
#endif

#endif
