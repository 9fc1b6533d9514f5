package io.sockfd.ebpf;

import static io.sockfd.raw.Linux.*;

import java.util.Map;

/** The functions of the kernel that programs of sockets call. */
final class Helpers {
    /** By their names, without bpf_. */
    static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("csum_diff", BPF_FUNC_csum_diff),
            Map.entry("fib_lookup", BPF_FUNC_fib_lookup),
            Map.entry("get_hash_recalc", BPF_FUNC_get_hash_recalc),
            Map.entry("get_prandom_u32", BPF_FUNC_get_prandom_u32),
            Map.entry("get_smp_processor_id", BPF_FUNC_get_smp_processor_id),
            Map.entry("get_socket_cookie", BPF_FUNC_get_socket_cookie),
            Map.entry("get_socket_uid", BPF_FUNC_get_socket_uid),
            Map.entry("ktime_get_boot_ns", BPF_FUNC_ktime_get_boot_ns),
            Map.entry("ktime_get_ns", BPF_FUNC_ktime_get_ns),
            Map.entry("l3_csum_replace", BPF_FUNC_l3_csum_replace),
            Map.entry("l4_csum_replace", BPF_FUNC_l4_csum_replace),
            Map.entry("map_delete_elem", BPF_FUNC_map_delete_elem),
            Map.entry("map_lookup_elem", BPF_FUNC_map_lookup_elem),
            Map.entry("map_update_elem", BPF_FUNC_map_update_elem),
            Map.entry("msg_apply_bytes", BPF_FUNC_msg_apply_bytes),
            Map.entry("msg_cork_bytes", BPF_FUNC_msg_cork_bytes),
            Map.entry("msg_pull_data", BPF_FUNC_msg_pull_data),
            Map.entry("msg_redirect_hash", BPF_FUNC_msg_redirect_hash),
            Map.entry("msg_redirect_map", BPF_FUNC_msg_redirect_map),
            Map.entry("perf_event_output", BPF_FUNC_perf_event_output),
            Map.entry("redirect", BPF_FUNC_redirect),
            Map.entry("redirect_map", BPF_FUNC_redirect_map),
            Map.entry("ringbuf_output", BPF_FUNC_ringbuf_output),
            Map.entry("sk_assign", BPF_FUNC_sk_assign),
            Map.entry("sk_fullsock", BPF_FUNC_sk_fullsock),
            Map.entry("sk_lookup_tcp", BPF_FUNC_sk_lookup_tcp),
            Map.entry("sk_lookup_udp", BPF_FUNC_sk_lookup_udp),
            Map.entry("sk_redirect_hash", BPF_FUNC_sk_redirect_hash),
            Map.entry("sk_redirect_map", BPF_FUNC_sk_redirect_map),
            Map.entry("sk_release", BPF_FUNC_sk_release),
            Map.entry("sk_select_reuseport", BPF_FUNC_sk_select_reuseport),
            Map.entry("skb_load_bytes", BPF_FUNC_skb_load_bytes),
            Map.entry("skb_load_bytes_relative", BPF_FUNC_skb_load_bytes_relative),
            Map.entry("skb_pull_data", BPF_FUNC_skb_pull_data),
            Map.entry("skb_store_bytes", BPF_FUNC_skb_store_bytes),
            Map.entry("sock_hash_update", BPF_FUNC_sock_hash_update),
            Map.entry("sock_map_update", BPF_FUNC_sock_map_update),
            Map.entry("tail_call", BPF_FUNC_tail_call),
            Map.entry("tcp_sock", BPF_FUNC_tcp_sock),
            Map.entry("trace_printk", BPF_FUNC_trace_printk),
            Map.entry("xdp_adjust_head", BPF_FUNC_xdp_adjust_head),
            Map.entry("xdp_adjust_tail", BPF_FUNC_xdp_adjust_tail));

    private Helpers() {}
}
