package io.sockfd;

import io.sockfd.event.Epoll;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;

/** Opens a hundred sockets, tells what it is told of them, and leaks another one. */
final class LeaksChild {
    private static final int SOCKETS = 100;

    private LeaksChild() {}

    public static void main(String... args) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(openUdp());
        }
        Thread reader = new Thread(() -> waitFor(sockets.get(7)));
        reader.start();
        try (Epoll epoll = Epoll.open()) {
            System.out.println(epoll.fd() + " is the epoll's");
            while (OpenDescriptor.all().stream().noneMatch(open -> open.calls() > 0)) {
                Thread.onSpinWait();
            }
            OpenDescriptor.all()
                    .forEach(open -> System.out.println("open " + open + " at "
                            + open.openedAt().stream()
                                    .filter(LeaksChild::isHere)
                                    .findFirst()
                                    .orElse(null)));
        }
        Management.register();
        Management.register();
        System.out.println("the bean has "
                + ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(new ObjectName(Management.NAME), "OpenCount"));
        for (Socket socket : sockets) {
            socket.close();
        }
        reader.join();
        System.out.println("closed " + OpenDescriptor.all().size());
        leak();
        while (!OpenDescriptor.all().isEmpty()) {
            System.gc();
            Thread.sleep(1);
        }
    }

    private static boolean isHere(StackTraceElement frame) {
        return frame.getClassName().equals(LeaksChild.class.getName());
    }

    private static Socket openUdp() throws Exception {
        return Socket.udp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void waitFor(Socket socket) {
        try {
            int ignored = socket.recv(ByteBuffer.allocateDirect(1), 0);
        } catch (Exception e) {
            System.out.println("reader ended by " + e.getClass().getSimpleName());
        }
    }

    private static void leak() throws Exception {
        Socket forgotten = Socket.unixDatagram();
        System.out.println("leaking " + forgotten.fd());
    }
}
