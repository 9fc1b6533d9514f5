/*
 * Structs that the kernel has added, or has made longer, since Linux 6.1, the oldest headers this builds with. The
 * kernel only ever appends, so one definition decodes what an old and a new kernel write: look at the length that came
 * back. The header's own struct is renamed out of the way, and what it knows must lie where it lies here.
 *
 * Include this before any other header of the kernel.
 */
#ifndef SOCKFD_NEWER_STRUCTS_H
#define SOCKFD_NEWER_STRUCTS_H

#include <stddef.h>
#include <linux/types.h>
#include <linux/version.h>

#define tcp_info tcp_info_of_the_headers
#define tcp_ao_add tcp_ao_add_of_the_headers
#define tcp_ao_del tcp_ao_del_of_the_headers
#define tcp_ao_info_opt tcp_ao_info_opt_of_the_headers
#define tcp_ao_getsockopt tcp_ao_getsockopt_of_the_headers
#define tcp_ao_repair tcp_ao_repair_of_the_headers
#include <linux/tcp.h>
#undef tcp_info
#undef tcp_ao_add
#undef tcp_ao_del
#undef tcp_ao_info_opt
#undef tcp_ao_getsockopt
#undef tcp_ao_repair
#define mptcp_info mptcp_info_of_the_headers
#include <linux/mptcp.h>
#undef mptcp_info
#define xdp_umem_reg xdp_umem_reg_of_the_headers
#include <linux/if_xdp.h>
#undef xdp_umem_reg
#define io_sqring_offsets io_sqring_offsets_of_the_headers
#define io_cqring_offsets io_cqring_offsets_of_the_headers
#include <linux/io_uring.h>
#undef io_sqring_offsets
#undef io_cqring_offsets

#define SAME_PLACE(s, f)                                                                                             \
	_Static_assert(offsetof(struct s, f) == offsetof(struct s##_of_the_headers, f), #s "." #f " moved")

/* Two bytes of bit fields have no offset in C: they are named tcpi_wscale and tcpi_flags here. */
struct tcp_info {
	__u8 tcpi_state;
	__u8 tcpi_ca_state;
	__u8 tcpi_retransmits;
	__u8 tcpi_probes;
	__u8 tcpi_backoff;
	__u8 tcpi_options;
	__u8 tcpi_wscale;
	__u8 tcpi_flags;
	__u32 tcpi_rto;
	__u32 tcpi_ato;
	__u32 tcpi_snd_mss;
	__u32 tcpi_rcv_mss;
	__u32 tcpi_unacked;
	__u32 tcpi_sacked;
	__u32 tcpi_lost;
	__u32 tcpi_retrans;
	__u32 tcpi_fackets;
	__u32 tcpi_last_data_sent;
	__u32 tcpi_last_ack_sent;
	__u32 tcpi_last_data_recv;
	__u32 tcpi_last_ack_recv;
	__u32 tcpi_pmtu;
	__u32 tcpi_rcv_ssthresh;
	__u32 tcpi_rtt;
	__u32 tcpi_rttvar;
	__u32 tcpi_snd_ssthresh;
	__u32 tcpi_snd_cwnd;
	__u32 tcpi_advmss;
	__u32 tcpi_reordering;
	__u32 tcpi_rcv_rtt;
	__u32 tcpi_rcv_space;
	__u32 tcpi_total_retrans;
	__u64 tcpi_pacing_rate;
	__u64 tcpi_max_pacing_rate;
	__u64 tcpi_bytes_acked;
	__u64 tcpi_bytes_received;
	__u32 tcpi_segs_out;
	__u32 tcpi_segs_in;
	__u32 tcpi_notsent_bytes;
	__u32 tcpi_min_rtt;
	__u32 tcpi_data_segs_in;
	__u32 tcpi_data_segs_out;
	__u64 tcpi_delivery_rate;
	__u64 tcpi_busy_time;
	__u64 tcpi_rwnd_limited;
	__u64 tcpi_sndbuf_limited;
	__u32 tcpi_delivered;
	__u32 tcpi_delivered_ce;
	__u64 tcpi_bytes_sent;
	__u64 tcpi_bytes_retrans;
	__u32 tcpi_dsack_dups;
	__u32 tcpi_reord_seen;
	__u32 tcpi_rcv_ooopack;
	__u32 tcpi_snd_wnd;
	/* Linux 6.2 */
	__u32 tcpi_rcv_wnd;
	__u32 tcpi_rehash;
	/* Linux 6.7 */
	__u16 tcpi_total_rto;
	__u16 tcpi_total_rto_recoveries;
	__u32 tcpi_total_rto_time;
	/* Linux 6.18 */
	__u32 tcpi_received_ce;
	__u32 tcpi_delivered_e1_bytes;
	__u32 tcpi_delivered_e0_bytes;
	__u32 tcpi_delivered_ce_bytes;
	__u32 tcpi_received_e1_bytes;
	__u32 tcpi_received_e0_bytes;
	__u32 tcpi_received_ce_bytes;
	/* two __u16 in 6.18, bit fields after that: only the whole is stable */
	__u32 tcpi_accecn;
};
SAME_PLACE(tcp_info, tcpi_options);
SAME_PLACE(tcp_info, tcpi_rto);
SAME_PLACE(tcp_info, tcpi_rtt);
SAME_PLACE(tcp_info, tcpi_total_retrans);
SAME_PLACE(tcp_info, tcpi_pacing_rate);
SAME_PLACE(tcp_info, tcpi_segs_out);
SAME_PLACE(tcp_info, tcpi_delivery_rate);
SAME_PLACE(tcp_info, tcpi_delivered_ce);
SAME_PLACE(tcp_info, tcpi_bytes_retrans);
SAME_PLACE(tcp_info, tcpi_snd_wnd);
_Static_assert(sizeof(struct tcp_info) == 280, "tcp_info of Linux 6.18");

struct mptcp_info {
	__u8 mptcpi_subflows;
	__u8 mptcpi_add_addr_signal;
	__u8 mptcpi_add_addr_accepted;
	__u8 mptcpi_subflows_max;
	__u8 mptcpi_add_addr_signal_max;
	__u8 mptcpi_add_addr_accepted_max;
	__u32 mptcpi_flags;
	__u32 mptcpi_token;
	__u64 mptcpi_write_seq;
	__u64 mptcpi_snd_una;
	__u64 mptcpi_rcv_nxt;
	__u8 mptcpi_local_addr_used;
	__u8 mptcpi_local_addr_max;
	__u8 mptcpi_csum_enabled;
	/* Linux 6.5 */
	__u32 mptcpi_retransmits;
	__u64 mptcpi_bytes_retrans;
	__u64 mptcpi_bytes_sent;
	__u64 mptcpi_bytes_received;
	__u64 mptcpi_bytes_acked;
	/* Linux 6.7 */
	__u8 mptcpi_subflows_total;
	/* Linux 6.10 */
	__u8 reserved[3];
	__u32 mptcpi_last_data_sent;
	__u32 mptcpi_last_data_recv;
	__u32 mptcpi_last_ack_recv;
};
SAME_PLACE(mptcp_info, mptcpi_flags);
SAME_PLACE(mptcp_info, mptcpi_rcv_nxt);
SAME_PLACE(mptcp_info, mptcpi_csum_enabled);
_Static_assert(sizeof(struct mptcp_info) == 96, "mptcp_info of Linux 6.10");

struct xdp_umem_reg {
	__u64 addr;
	__u64 len;
	__u32 chunk_size;
	__u32 headroom;
	__u32 flags;
	/* Linux 6.8; padding before */
	__u32 tx_metadata_len;
};
SAME_PLACE(xdp_umem_reg, len);
SAME_PLACE(xdp_umem_reg, flags);

/* user_addr came with Linux 6.5; it was reserved before */
struct io_sqring_offsets {
	__u32 head;
	__u32 tail;
	__u32 ring_mask;
	__u32 ring_entries;
	__u32 flags;
	__u32 dropped;
	__u32 array;
	__u32 resv1;
	__u64 user_addr;
};
SAME_PLACE(io_sqring_offsets, ring_mask);
SAME_PLACE(io_sqring_offsets, array);

struct io_cqring_offsets {
	__u32 head;
	__u32 tail;
	__u32 ring_mask;
	__u32 ring_entries;
	__u32 overflow;
	__u32 cqes;
	__u32 flags;
	__u32 resv1;
	__u64 user_addr;
};
SAME_PLACE(io_cqring_offsets, cqes);
SAME_PLACE(io_cqring_offsets, flags);
_Static_assert(sizeof(struct io_sqring_offsets) + sizeof(struct io_cqring_offsets) + 40
	== sizeof(struct io_uring_params), "io_uring_params");

/* Linux 6.7. The bit fields are one flags here: C gives them no offset; the first is lowest on little-endian machines. */
struct tcp_ao_add {
	struct __kernel_sockaddr_storage addr;
	char alg_name[64];
	__s32 ifindex;
	__u32 flags;
	__u16 reserved2;
	__u8 prefix;
	__u8 sndid;
	__u8 rcvid;
	__u8 maclen;
	__u8 keyflags;
	__u8 keylen;
	__u8 key[80];
} __attribute__((aligned(8)));

struct tcp_ao_del {
	struct __kernel_sockaddr_storage addr;
	__s32 ifindex;
	__u32 flags;
	__u16 reserved2;
	__u8 prefix;
	__u8 sndid;
	__u8 rcvid;
	__u8 current_key;
	__u8 rnext;
	__u8 keyflags;
} __attribute__((aligned(8)));

struct tcp_ao_info_opt {
	__u32 flags;
	__u16 reserved2;
	__u8 current_key;
	__u8 rnext;
	__u64 pkt_good;
	__u64 pkt_bad;
	__u64 pkt_key_not_found;
	__u64 pkt_ao_required;
	__u64 pkt_dropped_icmp;
} __attribute__((aligned(8)));

struct tcp_ao_getsockopt {
	struct __kernel_sockaddr_storage addr;
	char alg_name[64];
	__u8 key[80];
	__u32 nkeys;
	__u16 flags;
	__u8 sndid;
	__u8 rcvid;
	__u8 prefix;
	__u8 maclen;
	__u8 keyflags;
	__u8 keylen;
	__s32 ifindex;
	__u64 pkt_good;
	__u64 pkt_bad;
} __attribute__((aligned(8)));

struct tcp_ao_repair {
	__be32 snt_isn;
	__be32 rcv_isn;
	__u32 snd_sne;
	__u32 rcv_sne;
} __attribute__((aligned(8)));

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
SAME_PLACE(tcp_ao_add, reserved2);
SAME_PLACE(tcp_ao_add, key);
SAME_PLACE(tcp_ao_del, keyflags);
SAME_PLACE(tcp_ao_info_opt, pkt_dropped_icmp);
SAME_PLACE(tcp_ao_getsockopt, sndid);
SAME_PLACE(tcp_ao_getsockopt, pkt_bad);
SAME_PLACE(tcp_ao_repair, rcv_sne);
#endif

/* Linux 6.12, linux/uio.h, which cannot be included beside glibc's sys/uio.h: both define iovec. */
struct dmabuf_cmsg {
	__u64 frag_offset;
	__u32 frag_size;
	__u32 frag_token;
	__u32 dmabuf_id;
	__u32 flags;
};

struct dmabuf_token {
	__u32 token_start;
	__u32 token_count;
};

#undef SAME_PLACE

#endif
