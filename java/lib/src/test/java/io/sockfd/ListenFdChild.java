package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A process that was passed descriptors, or believes so; prints what it finds. */
final class ListenFdChild {
    private static final Libc LIBC = Libc.get();

    private ListenFdChild() {}

    public static void main(String[] steps) throws Exception {
        for (String step : steps) {
            switch (step) {
                case "show" -> show();
                case "twice" -> twice();
                case "refused" -> refused();
                case "third" -> System.out.println("3 is open, inherited: " + (LIBC.fcntl(3, Linux.F_GETFD, 0) == 0));
                case "copies" -> copies();
                default -> throw new IllegalArgumentException(step);
            }
        }
    }

    private static void sockets(List<Socket> sockets) {
        List<String> texts = new ArrayList<>();
        for (Socket socket : sockets) {
            texts.add(socket.fd() + " " + socket.domain());
        }
        System.out.println(("sockets " + texts.size() + ": " + String.join(", ", texts)).trim());
    }

    private static void show() throws IOException {
        for (ListenFd passed : ListenFd.all()) {
            Descriptor descriptor = passed.descriptor();
            System.out.println(passed.number() + " " + passed.name() + " "
                    + descriptor.getClass().getSimpleName()
                    + (descriptor instanceof Socket socket ? " " + socket.domain() + " " + socket.type() : "")
                    + (LIBC.fcntl(descriptor.fd(), Linux.F_GETFD, 0) == Linux.FD_CLOEXEC ? " cloexec" : ""));
        }
        for (String name : new String[] {"web", "log", "other"}) {
            System.out.println("named " + name + ": "
                    + ListenFd.named(name).stream().map(ListenFd::number).toList());
        }
        sockets(Socket.listenFds());
    }

    private static void twice() throws IOException {
        List<Socket> library = Socket.listenFds();
        sockets(library);
        List<Socket> application = Socket.listenFds();
        System.out.println("the same: " + library.equals(application));
        System.out.println("closes the first of the first call");
        library.get(0).close();
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            System.out.println("another opens a pair, which has 3: "
                    + (pair.first().fd() == 3 || pair.second().fd() == 3));
            System.out.println("closes all of the second call");
            for (Socket socket : application) {
                socket.close();
            }
            pair.first().sendAll(ByteBuffer.wrap(new byte[] {7}));
            System.out.println("the pair works: " + (pair.second().recv(ByteBuffer.allocate(2), 0) == 1));
        }
        sockets(Socket.listenFds());
    }

    private static void refused() {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try {
                messages.add("took " + (i == 0 ? ListenFd.all() : Socket.listenFds()));
            } catch (IOException e) {
                messages.add(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
        System.out.println(messages.get(0));
        System.out.println("again: " + messages.get(0).equals(messages.get(1)));
    }

    private static void copies() throws Exception {
        List<Socket> first = Socket.listenFds();
        System.out.println("first: " + first.size());
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object second = loader.loadClass(Socket.class.getName())
                    .getMethod("listenFds")
                    .invoke(null);
            System.out.println("second: " + second);
        } catch (InvocationTargetException e) {
            System.out.println("second: " + e.getCause());
        }
        System.out.println("it still works: " + (first.get(0).getLocalAddress() != null));
    }
}
