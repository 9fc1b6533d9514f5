/**
 * Classic BPF, the language of socket filters: an {@linkplain io.sockfd.bpf.Assembler assembler} and its inverse, the
 * kernel's {@linkplain io.sockfd.bpf.Verifier checks}, an {@linkplain io.sockfd.bpf.Interpreter interpreter} that runs
 * a filter without privilege, a {@linkplain io.sockfd.bpf.FilterExpression compiler} for the expressions of tcpdump,
 * and what {@linkplain io.sockfd.bpf.SocketFilter attaches} a filter to a socket.
 *
 * <p>A program is a {@link io.sockfd.option.FilterProgram}. What is wrong with a text or a program is a {@link
 * io.sockfd.bpf.BpfException}.
 *
 * @see <a href="https://docs.kernel.org/networking/filter.html">socket filtering, in the kernel's documentation</a>
 * @since 0.1
 */
@NullMarked
package io.sockfd.bpf;

import org.jspecify.annotations.NullMarked;
