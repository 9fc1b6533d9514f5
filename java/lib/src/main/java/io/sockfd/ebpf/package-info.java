/**
 * eBPF as far as sockets need it: an {@linkplain io.sockfd.ebpf.EbpfAssembler assembler}, {@linkplain
 * io.sockfd.ebpf.EbpfMap maps}, {@linkplain io.sockfd.ebpf.EbpfProgram programs} and what attaches them to sockets, maps,
 * interfaces and network namespaces. Everything is done by bpf(2): neither libbpf nor a compiler is needed.
 *
 * <p>Maps, programs and links are descriptors: closed once, and reported when that was forgotten. What is attached stays as
 * long as the kernel's own rules say: a program of a socket until the socket is gone, a link until it is closed.
 *
 * <p>bpf(2) needs CAP_BPF, or CAP_SYS_ADMIN before Linux 5.8, and CAP_NET_ADMIN for programs of the network. Where {@code
 * kernel.unprivileged_bpf_disabled} is 0, anybody may load socket filters and use array and hash maps.
 *
 * <p>One pair of classes knows each other: an EbpfAttachment is made by {@code EbpfProgram.attach}, of the program.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/bpf.2.html">bpf(2)</a>
 * @see <a href="https://docs.kernel.org/bpf/">BPF, in the kernel's documentation</a>
 * @since 0.1
 */
@NullMarked
package io.sockfd.ebpf;

import org.jspecify.annotations.NullMarked;
