package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** IPv4 and IPv6 addresses one behind the other, each as long as its own struct: what SCTP takes. */
final class PackedAddresses {
    static final Codec<InetSocketAddress[]> CODEC = new Codec<>() {
        @Override
        public Class<InetSocketAddress[]> type() {
            return InetSocketAddress[].class;
        }

        @Override
        public int size() {
            return SockaddrIn6.SIZE;
        }

        @Override
        public int size(InetSocketAddress[] addresses) {
            return addresses.length * SockaddrIn6.SIZE;
        }

        @Override
        public int encode(InetSocketAddress[] addresses, ByteBuffer b) {
            if (addresses.length == 0) {
                throw new IllegalArgumentException("at least one address is needed");
            }
            int at = 0;
            for (InetSocketAddress address : addresses) {
                Sockaddrs.put(b, at, address);
                at += address.getAddress() instanceof Inet6Address ? SockaddrIn6.SIZE : SockaddrIn.SIZE;
            }
            return at;
        }

        @Override
        public InetSocketAddress[] decode(ByteBuffer b, int length) {
            throw new UnsupportedOperationException("these addresses can only be set");
        }
    };

    private PackedAddresses() {}
}
