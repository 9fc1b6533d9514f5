/**
 * Network namespaces: {@link io.sockfd.netns.NetworkNamespace} opens, makes and enters them. Whatever is opened inside, a
 * socket, {@code RtNetlink}, {@code SocketDiag}, a packet socket, belongs to the namespace for good, on whatever thread it
 * is used afterwards.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/network_namespaces.7.html">network_namespaces(7)</a>
 * @since 0.1
 */
@NullMarked
package io.sockfd.netns;

import org.jspecify.annotations.NullMarked;
