/*
 * Constants that the headers of system.h do not have: they are younger than Linux 6.1, or live in a header that clashes
 * with the others, or in none at all. Numbers after a value are the kernel that brought it. A macro yields to the
 * headers' own definition (#ifndef); an enumerator cannot be tested that way and yields by the headers' version.
 * Included by system.h, last.
 */
#ifndef SOCKFD_NEWER_H
#define SOCKFD_NEWER_H

/* sys/socket.h */
#ifndef MSG_SOCK_DEVMEM
#define MSG_SOCK_DEVMEM 0x2000000 /* 6.12 */
#endif
#ifndef MSG_SPLICE_PAGES
#define MSG_SPLICE_PAGES 0x8000000 /* 6.5 */
#endif
#ifndef SCM_MAX_FD
#define SCM_MAX_FD 253 /* inside the kernel only */
#endif
#ifndef SCM_SECURITY
#define SCM_SECURITY 3 /* inside the kernel only */
#endif
#ifndef SCM_PIDFD
#define SCM_PIDFD 4 /* 6.5 */
#endif
#ifndef SO_PASSPIDFD
#define SO_PASSPIDFD 76 /* 6.5 */
#endif
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77 /* 6.5 */
#endif
#ifndef SO_DEVMEM_LINEAR
#define SO_DEVMEM_LINEAR 78 /* 6.12 */
#endif
#ifndef SO_DEVMEM_DMABUF
#define SO_DEVMEM_DMABUF 79 /* 6.12 */
#endif
#ifndef SO_DEVMEM_DONTNEED
#define SO_DEVMEM_DONTNEED 80 /* 6.12 */
#endif
#ifndef SCM_DEVMEM_LINEAR
#define SCM_DEVMEM_LINEAR SO_DEVMEM_LINEAR
#endif
#ifndef SCM_DEVMEM_DMABUF
#define SCM_DEVMEM_DMABUF SO_DEVMEM_DMABUF
#endif
#ifndef SCM_TS_OPT_ID
#define SCM_TS_OPT_ID 81 /* 6.13 */
#endif
#ifndef SO_RCVPRIORITY
#define SO_RCVPRIORITY 82 /* 6.14 */
#endif
#ifndef SO_PASSRIGHTS
#define SO_PASSRIGHTS 83 /* 6.16 */
#endif
#ifndef SO_INQ
#define SO_INQ 84 /* 6.17 */
#endif
#ifndef SCM_INQ
#define SCM_INQ SO_INQ
#endif

/* option levels that are only in headers which clash with the kernel's, or in none */
#ifndef SOL_TCP
#define SOL_TCP 6
#endif
#ifndef SOL_UDP
#define SOL_UDP 17
#endif
#ifndef SOL_SCTP
#define SOL_SCTP 132
#endif
#ifndef SOL_UDPLITE
#define SOL_UDPLITE 136
#endif
#ifndef SOL_IPX
#define SOL_IPX 256
#endif
#ifndef SOL_AX25
#define SOL_AX25 257
#endif
#ifndef SOL_ATALK
#define SOL_ATALK 258
#endif
#ifndef SOL_NETROM
#define SOL_NETROM 259
#endif
#ifndef SOL_ROSE
#define SOL_ROSE 260
#endif
#ifndef SOL_MCTP
#define SOL_MCTP 285
#endif
#ifndef SOL_SMC
#define SOL_SMC 286
#endif
#ifndef SOL_VSOCK
#define SOL_VSOCK 287
#endif
#ifndef SOL_HCI
#define SOL_HCI 0
#endif
#ifndef SOL_L2CAP
#define SOL_L2CAP 6
#endif
#ifndef SOL_SCO
#define SOL_SCO 17
#endif
#ifndef SOL_RFCOMM
#define SOL_RFCOMM 18
#endif

/* linux/errqueue.h and linux/net_tstamp.h */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define SOF_TIMESTAMPING_OPT_ID_TCP (1 << 16)
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define SOF_TIMESTAMPING_OPT_RX_FILTER (1 << 17)
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 15, 0)
#define SOF_TIMESTAMPING_TX_COMPLETION (1 << 18)
#define SCM_TSTAMP_COMPLETION 3
#endif

/* linux/in.h */
#ifndef IPPROTO_L2TP
#define IPPROTO_L2TP 115
#endif
#ifndef IPPROTO_AGGFRAG
#define IPPROTO_AGGFRAG 144 /* 6.14 */
#endif
#ifndef IPPROTO_SMC
#define IPPROTO_SMC 256 /* 6.11 */
#endif
#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51 /* 6.3 */
#endif
#ifndef IP_PROTOCOL
#define IP_PROTOCOL 52 /* 6.4 */
#endif

/* linux/in6.h, where glibc hides them */
#ifndef IPV6_FLOWINFO
#define IPV6_FLOWINFO 11
#endif
#ifndef IPV6_FLOWLABEL_MGR
#define IPV6_FLOWLABEL_MGR 32
#endif
#ifndef IPV6_FLOWINFO_SEND
#define IPV6_FLOWINFO_SEND 33
#endif

/* netinet/icmp6.h */
#ifndef ICMP6_FILTER
#define ICMP6_FILTER ICMPV6_FILTER
#endif
#ifndef ND_ROUTER_SOLICIT
#define ND_ROUTER_SOLICIT 133
#endif
#ifndef ND_ROUTER_ADVERT
#define ND_ROUTER_ADVERT 134
#endif
#ifndef ND_NEIGHBOR_SOLICIT
#define ND_NEIGHBOR_SOLICIT 135
#endif
#ifndef ND_NEIGHBOR_ADVERT
#define ND_NEIGHBOR_ADVERT 136
#endif
#ifndef ND_REDIRECT
#define ND_REDIRECT 137
#endif
#ifndef ND_OPT_SOURCE_LINKADDR
#define ND_OPT_SOURCE_LINKADDR 1
#endif
#ifndef ND_OPT_TARGET_LINKADDR
#define ND_OPT_TARGET_LINKADDR 2
#endif
#ifndef ND_OPT_PREFIX_INFORMATION
#define ND_OPT_PREFIX_INFORMATION 3
#endif
#ifndef ND_OPT_REDIRECTED_HEADER
#define ND_OPT_REDIRECTED_HEADER 4
#endif
#ifndef ND_OPT_MTU
#define ND_OPT_MTU 5
#endif

/* netinet/ip.h */
#ifndef IPTOS_ECN_MASK
#define IPTOS_ECN_MASK 0x03
#endif
#ifndef IPTOS_ECN_NOT_ECT
#define IPTOS_ECN_NOT_ECT 0x00
#endif
#ifndef IPTOS_ECN_ECT1
#define IPTOS_ECN_ECT1 0x01
#endif
#ifndef IPTOS_ECN_ECT0
#define IPTOS_ECN_ECT0 0x02
#endif
#ifndef IPTOS_ECN_CE
#define IPTOS_ECN_CE 0x03
#endif
#ifndef IPTOS_DSCP_MASK
#define IPTOS_DSCP_MASK 0xfc
#endif
#ifndef IPTOS_DSCP_AF11
#define IPTOS_DSCP_AF11 0x28
#endif
#ifndef IPTOS_DSCP_AF12
#define IPTOS_DSCP_AF12 0x30
#endif
#ifndef IPTOS_DSCP_AF13
#define IPTOS_DSCP_AF13 0x38
#endif
#ifndef IPTOS_DSCP_AF21
#define IPTOS_DSCP_AF21 0x48
#endif
#ifndef IPTOS_DSCP_AF22
#define IPTOS_DSCP_AF22 0x50
#endif
#ifndef IPTOS_DSCP_AF23
#define IPTOS_DSCP_AF23 0x58
#endif
#ifndef IPTOS_DSCP_AF31
#define IPTOS_DSCP_AF31 0x68
#endif
#ifndef IPTOS_DSCP_AF32
#define IPTOS_DSCP_AF32 0x70
#endif
#ifndef IPTOS_DSCP_AF33
#define IPTOS_DSCP_AF33 0x78
#endif
#ifndef IPTOS_DSCP_AF41
#define IPTOS_DSCP_AF41 0x88
#endif
#ifndef IPTOS_DSCP_AF42
#define IPTOS_DSCP_AF42 0x90
#endif
#ifndef IPTOS_DSCP_AF43
#define IPTOS_DSCP_AF43 0x98
#endif
#ifndef IPTOS_DSCP_EF
#define IPTOS_DSCP_EF 0xb8
#endif
#ifndef IPTOS_CLASS_CS0
#define IPTOS_CLASS_CS0 0x00
#endif
#ifndef IPTOS_CLASS_CS1
#define IPTOS_CLASS_CS1 0x20
#endif
#ifndef IPTOS_CLASS_CS2
#define IPTOS_CLASS_CS2 0x40
#endif
#ifndef IPTOS_CLASS_CS3
#define IPTOS_CLASS_CS3 0x60
#endif
#ifndef IPTOS_CLASS_CS4
#define IPTOS_CLASS_CS4 0x80
#endif
#ifndef IPTOS_CLASS_CS5
#define IPTOS_CLASS_CS5 0xa0
#endif
#ifndef IPTOS_CLASS_CS6
#define IPTOS_CLASS_CS6 0xc0
#endif
#ifndef IPTOS_CLASS_CS7
#define IPTOS_CLASS_CS7 0xe0
#endif

/* netinet/tcp.h: the states; linux/bpf.h repeats them and the kernel asserts that they agree */
#ifndef TCP_ESTABLISHED
#define TCP_ESTABLISHED BPF_TCP_ESTABLISHED
#endif
#ifndef TCP_SYN_SENT
#define TCP_SYN_SENT BPF_TCP_SYN_SENT
#endif
#ifndef TCP_SYN_RECV
#define TCP_SYN_RECV BPF_TCP_SYN_RECV
#endif
#ifndef TCP_FIN_WAIT1
#define TCP_FIN_WAIT1 BPF_TCP_FIN_WAIT1
#endif
#ifndef TCP_FIN_WAIT2
#define TCP_FIN_WAIT2 BPF_TCP_FIN_WAIT2
#endif
#ifndef TCP_TIME_WAIT
#define TCP_TIME_WAIT BPF_TCP_TIME_WAIT
#endif
#ifndef TCP_CLOSE
#define TCP_CLOSE BPF_TCP_CLOSE
#endif
#ifndef TCP_CLOSE_WAIT
#define TCP_CLOSE_WAIT BPF_TCP_CLOSE_WAIT
#endif
#ifndef TCP_LAST_ACK
#define TCP_LAST_ACK BPF_TCP_LAST_ACK
#endif
#ifndef TCP_LISTEN
#define TCP_LISTEN BPF_TCP_LISTEN
#endif
#ifndef TCP_CLOSING
#define TCP_CLOSING BPF_TCP_CLOSING
#endif
#ifndef TCP_NEW_SYN_RECV
#define TCP_NEW_SYN_RECV BPF_TCP_NEW_SYN_RECV
#endif

/* linux/tcp.h */
#ifndef TCP_AO_ADD_KEY
#define TCP_AO_ADD_KEY 38 /* 6.7 */
#endif
#ifndef TCP_AO_DEL_KEY
#define TCP_AO_DEL_KEY 39 /* 6.7 */
#endif
#ifndef TCP_AO_INFO
#define TCP_AO_INFO 40 /* 6.7 */
#endif
#ifndef TCP_AO_GET_KEYS
#define TCP_AO_GET_KEYS 41 /* 6.7 */
#endif
#ifndef TCP_AO_REPAIR
#define TCP_AO_REPAIR 42 /* 6.7 */
#endif
#ifndef TCP_IS_MPTCP
#define TCP_IS_MPTCP 43
#endif
#ifndef TCP_RTO_MAX_MS
#define TCP_RTO_MAX_MS 44 /* 6.15 */
#endif
#ifndef TCP_RTO_MIN_US
#define TCP_RTO_MIN_US 45 /* 6.15 */
#endif
#ifndef TCP_DELACK_MAX_US
#define TCP_DELACK_MAX_US 46 /* 6.15 */
#endif
#ifndef TCP_AO_KEYF_IFINDEX
#define TCP_AO_KEYF_IFINDEX (1 << 0)
#endif
#ifndef TCP_AO_KEYF_EXCLUDE_OPT
#define TCP_AO_KEYF_EXCLUDE_OPT (1 << 1)
#endif
#ifndef TCP_AO_MAXKEYLEN
#define TCP_AO_MAXKEYLEN 80
#endif
#ifndef TCPI_OPT_USEC_TS
#define TCPI_OPT_USEC_TS 64 /* 6.7 */
#endif
#ifndef TCPI_OPT_TFO_CHILD
#define TCPI_OPT_TFO_CHILD 128 /* 6.16 */
#endif

/* UDP-Lite (udplite(7)), linux/mptcp.h */
#ifndef UDPLITE_SEND_CSCOV
#define UDPLITE_SEND_CSCOV 10
#endif
#ifndef UDPLITE_RECV_CSCOV
#define UDPLITE_RECV_CSCOV 11
#endif
#ifndef MPTCP_FULL_INFO
#define MPTCP_FULL_INFO 4 /* 6.5 */
#endif

/* linux/if_packet.h, linux/if_xdp.h, linux/un.h */
#ifndef PACKET_VNET_HDR_SZ
#define PACKET_VNET_HDR_SZ 24 /* 6.6 */
#endif
#ifndef XDP_USE_SG
#define XDP_USE_SG (1 << 4) /* 6.6 */
#endif
#ifndef XDP_PKT_CONTD
#define XDP_PKT_CONTD (1 << 0) /* 6.6 */
#endif
#ifndef XDP_TX_METADATA
#define XDP_TX_METADATA (1 << 1) /* 6.8 */
#endif
#ifndef XDP_UMEM_TX_SW_CSUM
#define XDP_UMEM_TX_SW_CSUM (1 << 1) /* 6.8 */
#endif
#ifndef XDP_UMEM_TX_METADATA_LEN
#define XDP_UMEM_TX_METADATA_LEN (1 << 2) /* 6.11 */
#endif
#ifndef XDP_TXMD_FLAGS_TIMESTAMP
#define XDP_TXMD_FLAGS_TIMESTAMP (1 << 0) /* 6.8 */
#endif
#ifndef XDP_TXMD_FLAGS_CHECKSUM
#define XDP_TXMD_FLAGS_CHECKSUM (1 << 1) /* 6.8 */
#endif
#ifndef XDP_MAX_TX_SKB_BUDGET
#define XDP_MAX_TX_SKB_BUDGET 9 /* 6.18 */
#endif
#ifndef SIOCUNIXFILE
#define SIOCUNIXFILE (SIOCPROTOPRIVATE + 0)
#endif

/* linux/can/raw.h */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
#define CAN_RAW_XL_VCID_OPTS 8
#endif
#ifndef CAN_RAW_XL_VCID_TX_SET
#define CAN_RAW_XL_VCID_TX_SET 0x01
#endif
#ifndef CAN_RAW_XL_VCID_TX_PASS
#define CAN_RAW_XL_VCID_TX_PASS 0x02
#endif
#ifndef CAN_RAW_XL_VCID_RX_FILTER
#define CAN_RAW_XL_VCID_RX_FILTER 0x04
#endif

/* sys/epoll.h (6.9, glibc 2.40) */
#ifndef EPIOCSPARAMS
struct epoll_params {
    uint32_t busy_poll_usecs;
    uint16_t busy_poll_budget;
    uint8_t prefer_busy_poll;
    uint8_t __pad;
};
#define EPIOCSPARAMS _IOW(0x8A, 0x01, struct epoll_params)
#define EPIOCGPARAMS _IOR(0x8A, 0x02, struct epoll_params)
#endif

/* sys/mman.h, sys/pidfd.h */
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U /* 6.3 */
#endif
#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U /* 6.3 */
#endif
#ifndef PIDFD_NONBLOCK
#define PIDFD_NONBLOCK O_NONBLOCK
#endif
#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL /* 6.9 */
#endif
#ifndef PIDFD_SIGNAL_THREAD
#define PIDFD_SIGNAL_THREAD (1UL << 0) /* 6.9 */
#endif
#ifndef PIDFD_SIGNAL_THREAD_GROUP
#define PIDFD_SIGNAL_THREAD_GROUP (1UL << 1) /* 6.9 */
#endif
#ifndef PIDFD_SIGNAL_PROCESS_GROUP
#define PIDFD_SIGNAL_PROCESS_GROUP (1UL << 2) /* 6.9 */
#endif

/* linux/io_uring.h */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
#define IORING_OP_READ_MULTISHOT 49
#define IORING_OP_WAITID 50
#define IORING_OP_FUTEX_WAIT 51
#define IORING_OP_FUTEX_WAKE 52
#define IORING_OP_FUTEX_WAITV 53
#define SOCKET_URING_OP_SIOCINQ 0
#define SOCKET_URING_OP_SIOCOUTQ 1
#define SOCKET_URING_OP_GETSOCKOPT 2
#define SOCKET_URING_OP_SETSOCKOPT 3
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
#define IORING_OP_FIXED_FD_INSTALL 54
#define IORING_REGISTER_PBUF_STATUS 26
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
#define IORING_OP_FTRUNCATE 55
#define IORING_REGISTER_NAPI 27
#define IORING_UNREGISTER_NAPI 28
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
#define IORING_OP_BIND 56
#define IORING_OP_LISTEN 57
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define IORING_REGISTER_CLOCK 29
#define IORING_REGISTER_CLONE_BUFFERS 30
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#define IORING_REGISTER_SEND_MSG_RING 31
#define IORING_REGISTER_RESIZE_RINGS 33
#define IORING_REGISTER_MEM_REGION 34
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 15, 0)
#define IORING_OP_RECV_ZC 58
#define IORING_OP_EPOLL_WAIT 59
#define IORING_OP_READV_FIXED 60
#define IORING_OP_WRITEV_FIXED 61
#define IORING_REGISTER_ZCRX_IFQ 32
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0)
#define IORING_OP_PIPE 62
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 17, 0)
#define SOCKET_URING_OP_TX_TIMESTAMP 4
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 19, 0)
#define SOCKET_URING_OP_GETSOCKNAME 5
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
#define IORING_REGISTER_USE_REGISTERED_RING (1U << 31)
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define IOU_PBUF_RING_MMAP 1
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define IOU_PBUF_RING_INC 2
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 18, 0)
#define IORING_REGISTER_QUERY 35
#endif
#ifndef IORING_SEND_VECTORIZED
#define IORING_SEND_VECTORIZED (1U << 5) /* 6.17 */
#endif
#ifndef IORING_CQE_F_SKIP
#define IORING_CQE_F_SKIP (1U << 5) /* 6.18 */
#endif
#ifndef IORING_CQE_F_32
#define IORING_CQE_F_32 (1U << 15) /* 6.18 */
#endif
#ifndef IORING_SETUP_NO_MMAP
#define IORING_SETUP_NO_MMAP (1U << 14) /* 6.5 */
#endif
#ifndef IORING_SETUP_REGISTERED_FD_ONLY
#define IORING_SETUP_REGISTERED_FD_ONLY (1U << 15) /* 6.5 */
#endif
#ifndef IORING_SETUP_NO_SQARRAY
#define IORING_SETUP_NO_SQARRAY (1U << 16) /* 6.6 */
#endif
#ifndef IORING_SETUP_HYBRID_IOPOLL
#define IORING_SETUP_HYBRID_IOPOLL (1U << 17) /* 6.13 */
#endif
#ifndef IORING_SETUP_CQE_MIXED
#define IORING_SETUP_CQE_MIXED (1U << 18) /* 6.18 */
#endif
#ifndef IORING_ENTER_ABS_TIMER
#define IORING_ENTER_ABS_TIMER (1U << 5) /* 6.12 */
#endif
#ifndef IORING_ENTER_EXT_ARG_REG
#define IORING_ENTER_EXT_ARG_REG (1U << 6) /* 6.13 */
#endif
#ifndef IORING_ENTER_NO_IOWAIT
#define IORING_ENTER_NO_IOWAIT (1U << 7) /* 6.15 */
#endif
#ifndef IORING_FEAT_REG_REG_RING
#define IORING_FEAT_REG_REG_RING (1U << 13) /* 6.3 */
#endif
#ifndef IORING_FEAT_RECVSEND_BUNDLE
#define IORING_FEAT_RECVSEND_BUNDLE (1U << 14) /* 6.10 */
#endif
#ifndef IORING_FEAT_MIN_TIMEOUT
#define IORING_FEAT_MIN_TIMEOUT (1U << 15) /* 6.12 */
#endif
#ifndef IORING_FEAT_RW_ATTR
#define IORING_FEAT_RW_ATTR (1U << 16) /* 6.14 */
#endif
#ifndef IORING_FEAT_NO_IOWAIT
#define IORING_FEAT_NO_IOWAIT (1U << 17) /* 6.15 */
#endif
#ifndef IORING_RECVSEND_BUNDLE
#define IORING_RECVSEND_BUNDLE (1U << 4) /* 6.10 */
#endif
#ifndef IORING_SEND_ZC_REPORT_USAGE
#define IORING_SEND_ZC_REPORT_USAGE (1U << 3) /* 6.2 */
#endif
#ifndef IORING_NOTIF_USAGE_ZC_COPIED
#define IORING_NOTIF_USAGE_ZC_COPIED (1U << 31) /* 6.2 */
#endif
#ifndef IORING_ACCEPT_DONTWAIT
#define IORING_ACCEPT_DONTWAIT (1U << 1) /* 6.10 */
#endif
#ifndef IORING_ACCEPT_POLL_FIRST
#define IORING_ACCEPT_POLL_FIRST (1U << 2) /* 6.10 */
#endif
#ifndef IORING_CQE_F_BUF_MORE
#define IORING_CQE_F_BUF_MORE (1U << 4) /* 6.12 */
#endif
#ifndef IORING_TIMEOUT_MULTISHOT
#define IORING_TIMEOUT_MULTISHOT (1U << 6) /* 6.4 */
#endif
#ifndef IORING_MSG_RING_FLAGS_PASS
#define IORING_MSG_RING_FLAGS_PASS (1U << 1) /* 6.3 */
#endif
#ifndef IORING_ASYNC_CANCEL_USERDATA
#define IORING_ASYNC_CANCEL_USERDATA (1U << 4) /* 6.6 */
#endif
#ifndef IORING_ASYNC_CANCEL_OP
#define IORING_ASYNC_CANCEL_OP (1U << 5) /* 6.6 */
#endif
#ifndef IORING_OFF_PBUF_RING
#define IORING_OFF_PBUF_RING 0x80000000ULL /* 6.4 */
#endif
#ifndef IORING_OFF_PBUF_SHIFT
#define IORING_OFF_PBUF_SHIFT 16
#endif
#ifndef IORING_OFF_MMAP_MASK
#define IORING_OFF_MMAP_MASK 0xf8000000ULL
#endif

/* Bluetooth: its headers come with BlueZ, not with the system */
#ifndef BTPROTO_L2CAP
#define BTPROTO_L2CAP 0
#endif
#ifndef BTPROTO_HCI
#define BTPROTO_HCI 1
#endif
#ifndef BTPROTO_SCO
#define BTPROTO_SCO 2
#endif
#ifndef BTPROTO_RFCOMM
#define BTPROTO_RFCOMM 3
#endif
#ifndef BTPROTO_BNEP
#define BTPROTO_BNEP 4
#endif
#ifndef BTPROTO_CMTP
#define BTPROTO_CMTP 5
#endif
#ifndef BTPROTO_HIDP
#define BTPROTO_HIDP 6
#endif
#ifndef BTPROTO_AVDTP
#define BTPROTO_AVDTP 7
#endif
#ifndef BTPROTO_ISO
#define BTPROTO_ISO 8
#endif
#ifndef BT_SECURITY
#define BT_SECURITY 4
#endif
#ifndef BT_SECURITY_SDP
#define BT_SECURITY_SDP 0
#endif
#ifndef BT_SECURITY_LOW
#define BT_SECURITY_LOW 1
#endif
#ifndef BT_SECURITY_MEDIUM
#define BT_SECURITY_MEDIUM 2
#endif
#ifndef BT_SECURITY_HIGH
#define BT_SECURITY_HIGH 3
#endif
#ifndef BT_SECURITY_FIPS
#define BT_SECURITY_FIPS 4
#endif
#ifndef BT_DEFER_SETUP
#define BT_DEFER_SETUP 7
#endif
#ifndef BT_FLUSHABLE
#define BT_FLUSHABLE 8
#endif
#ifndef BT_POWER
#define BT_POWER 9
#endif
#ifndef BT_CHANNEL_POLICY
#define BT_CHANNEL_POLICY 10
#endif
#ifndef BT_VOICE
#define BT_VOICE 11
#endif
#ifndef BT_VOICE_TRANSPARENT
#define BT_VOICE_TRANSPARENT 0x0003
#endif
#ifndef BT_VOICE_CVSD_16BIT
#define BT_VOICE_CVSD_16BIT 0x0060
#endif
#ifndef BT_SNDMTU
#define BT_SNDMTU 12
#endif
#ifndef BT_RCVMTU
#define BT_RCVMTU 13
#endif
#ifndef BT_PHY
#define BT_PHY 14
#endif
#ifndef BT_MODE
#define BT_MODE 15
#endif
#ifndef BT_MODE_BASIC
#define BT_MODE_BASIC 0
#endif
#ifndef BT_MODE_ERTM
#define BT_MODE_ERTM 1
#endif
#ifndef BT_MODE_STREAMING
#define BT_MODE_STREAMING 2
#endif
#ifndef BT_MODE_LE_FLOWCTL
#define BT_MODE_LE_FLOWCTL 3
#endif
#ifndef BT_MODE_EXT_FLOWCTL
#define BT_MODE_EXT_FLOWCTL 4
#endif
#ifndef BT_PKT_STATUS
#define BT_PKT_STATUS 16
#endif
#ifndef BT_SCM_PKT_STATUS
#define BT_SCM_PKT_STATUS 3
#endif
#ifndef BT_SCM_ERROR
#define BT_SCM_ERROR 4
#endif
#ifndef BT_ISO_QOS
#define BT_ISO_QOS 17
#endif
#ifndef BT_CODEC
#define BT_CODEC 19
#endif
#ifndef BDADDR_BREDR
#define BDADDR_BREDR 0
#endif
#ifndef BDADDR_LE_PUBLIC
#define BDADDR_LE_PUBLIC 1
#endif
#ifndef BDADDR_LE_RANDOM
#define BDADDR_LE_RANDOM 2
#endif
#ifndef HCI_DATA_DIR
#define HCI_DATA_DIR 1
#endif
#ifndef HCI_FILTER
#define HCI_FILTER 2
#endif
#ifndef HCI_TIME_STAMP
#define HCI_TIME_STAMP 3
#endif
#ifndef HCI_CMSG_DIR
#define HCI_CMSG_DIR 1
#endif
#ifndef HCI_CMSG_TSTAMP
#define HCI_CMSG_TSTAMP 2
#endif
#ifndef HCI_DEV_NONE
#define HCI_DEV_NONE 0xffff
#endif
#ifndef HCI_CHANNEL_RAW
#define HCI_CHANNEL_RAW 0
#endif
#ifndef HCI_CHANNEL_USER
#define HCI_CHANNEL_USER 1
#endif
#ifndef HCI_CHANNEL_MONITOR
#define HCI_CHANNEL_MONITOR 2
#endif
#ifndef HCI_CHANNEL_CONTROL
#define HCI_CHANNEL_CONTROL 3
#endif
#ifndef HCI_CHANNEL_LOGGING
#define HCI_CHANNEL_LOGGING 4
#endif
#ifndef HCIDEVUP
#define HCIDEVUP _IOW('H', 201, int)
#endif
#ifndef HCIDEVDOWN
#define HCIDEVDOWN _IOW('H', 202, int)
#endif
#ifndef HCIDEVRESET
#define HCIDEVRESET _IOW('H', 203, int)
#endif
#ifndef HCIGETDEVLIST
#define HCIGETDEVLIST _IOR('H', 210, int)
#endif
#ifndef HCIGETDEVINFO
#define HCIGETDEVINFO _IOR('H', 211, int)
#endif
#ifndef L2CAP_OPTIONS
#define L2CAP_OPTIONS 1
#endif
#ifndef L2CAP_CONNINFO
#define L2CAP_CONNINFO 2
#endif
#ifndef L2CAP_LM
#define L2CAP_LM 3
#endif
#ifndef L2CAP_LM_MASTER
#define L2CAP_LM_MASTER 1
#endif
#ifndef L2CAP_LM_AUTH
#define L2CAP_LM_AUTH 2
#endif
#ifndef L2CAP_LM_ENCRYPT
#define L2CAP_LM_ENCRYPT 4
#endif
#ifndef L2CAP_LM_TRUSTED
#define L2CAP_LM_TRUSTED 8
#endif
#ifndef L2CAP_LM_RELIABLE
#define L2CAP_LM_RELIABLE 0x10
#endif
#ifndef L2CAP_LM_SECURE
#define L2CAP_LM_SECURE 0x20
#endif
#ifndef RFCOMM_CONNINFO
#define RFCOMM_CONNINFO 2
#endif
#ifndef RFCOMM_LM
#define RFCOMM_LM 3
#endif
#ifndef SCO_OPTIONS
#define SCO_OPTIONS 1
#endif
#ifndef SCO_CONNINFO
#define SCO_CONNINFO 2
#endif

/* sys/syscall.h: -1, which syscall(2) answers with ENOSYS, where the architecture has no such call */
#ifndef SYS_accept
#define SYS_accept -1
#endif

#endif
