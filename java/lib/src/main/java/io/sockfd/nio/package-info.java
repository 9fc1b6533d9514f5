/**
 * The JDK's channels over this library's sockets: programs that were written for {@code java.nio} run unchanged, and gain
 * what the JDK refuses them. {@link io.sockfd.nio.SockfdSelectorProvider} is switched on by
 *
 * <pre>
 * java -Djava.nio.channels.spi.SelectorProvider=io.sockfd.nio.SockfdSelectorProvider …
 * </pre>
 *
 * <p>or given to whatever takes a {@link java.nio.channels.spi.SelectorProvider}. {@link io.sockfd.nio.NioSockets} crosses
 * over, from a channel to its {@link io.sockfd.Socket} and back. It lies above {@link io.sockfd.event}, whose Epoll is what
 * its selectors wait in.
 *
 * <p>Four pairs of classes know each other, because the JDK's types do: a channel and the {@code java.net} socket over it
 * (SockfdServerSocketChannel and ServerSocketAdaptor), a JavaSocketImpl and its JavaSocketInput, a SockfdSelector and each
 * SockfdSelectionKey, and the Memberships of a channel and each SockfdMembershipKey, which leaves them when it is dropped.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.nio;

import org.jspecify.annotations.NullMarked;
