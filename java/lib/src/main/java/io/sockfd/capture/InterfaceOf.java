package io.sockfd.capture;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.address.Interfaces;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Ifreq;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names and indexes of interfaces in the network namespace of a socket, which may be another than the thread's. */
final class InterfaceOf {
    private InterfaceOf() {}

    static int index(Socket socket, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > Interfaces.MAX_NAME_BYTES || name.indexOf('\0') >= 0) {
            return Interfaces.index(name); // which says what is wrong with it
        }
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_name(request, 0, bytes);
        int result = ask(socket, Linux.SIOCGIFINDEX, request);
        Errors.check(
                result,
                "ioctl",
                "SIOCGIFINDEX, " + name
                        + (result == -Linux.ENODEV ? ": no interface of this network namespace has this name" : ""));
        return Ifreq.ifr_ifindex(request, 0);
    }

    static String name(Socket socket, int index) throws IOException {
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_ifindex(request, 0, index);
        int result = ask(socket, Linux.SIOCGIFNAME, request);
        Errors.check(
                result,
                "ioctl",
                "SIOCGIFNAME, " + index
                        + (result == -Linux.ENODEV ? ": no interface of this network namespace has this index" : ""));
        String name = new String(Ifreq.ifr_name(request, 0), StandardCharsets.UTF_8);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    private static int ask(Socket socket, int what, ByteBuffer request) throws IOException {
        try (Descriptor.Hold hold = socket.hold()) {
            return Libc.get().ioctl(hold.fd(), what, Memory.address(request));
        } finally {
            Reference.reachabilityFence(request);
        }
    }
}
