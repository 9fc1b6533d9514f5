package io.sockfd.cli.ss;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One end of a socket.
 *
 * @param address of an Internet socket, else null
 * @param name of a UNIX socket its path or {@code @name}, of AF_VSOCK and AF_TIPC the machine; null for none, and for
 *     other families
 * @param port of an Internet socket in host order (of a raw socket its protocol), of a UNIX socket its inode, of a packet
 *     socket its interface, of a netlink socket its port id
 * @param protocol of a packet or netlink socket, of AF_XDP the queue
 */
record Endpoint(@Nullable InetAddress address, @Nullable String name, long port, int protocol) {
    /** What a socket that is not connected has as its peer; port 0 of protocol 0 is the kernel's end of rtnetlink. */
    static final Endpoint NONE = new Endpoint(null, null, 0, -1);

    static Endpoint internet(InetAddress address, int port) {
        return new Endpoint(address, null, port, 0);
    }

    static Endpoint unix(@Nullable String name, long inode) {
        return new Endpoint(null, name, inode, 0);
    }

    /** Of AF_VSOCK and AF_TIPC: the machine, and the port there. */
    static Endpoint named(String machine, long port) {
        return new Endpoint(null, machine, port, 0);
    }

    static Endpoint link(int protocol, long port) {
        return new Endpoint(null, null, port, protocol);
    }
}
