package io.sockfd.packaging;

import io.sockfd.Domain;
import io.sockfd.PidFd;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.SplicePipe;
import io.sockfd.TunDevice;
import io.sockfd.address.Interfaces;
import io.sockfd.capture.PacketSocket;
import io.sockfd.event.Epoll;
import io.sockfd.event.EventFd;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Signal;
import io.sockfd.event.SignalFd;
import io.sockfd.event.TimerFd;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.raw.Backend;
import io.sockfd.raw.BackendException;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A child that cannot call C: tries every way in, twice on each of two threads, and then initializes every class of the
 * library, and calls its static methods. Prints the words that all of them said, and a line for each that said anything else.
 */
final class Unavailable {
    /** Before each line that counts: a logger writes, too. */
    static final String SAID = "said: ";

    /** As a user's class has it: it must not be broken by the library's state. */
    private static final class Holder {
        static final Libc LIBC = Libc.getOrRefusing();
    }

    private Unavailable() {}

    /** Arguments: the library's jar, and the number of the way in that is tried first. */
    public static void main(String[] args) throws Exception {
        Map<String, Callable<?>> entries = entries();
        List<Map.Entry<String, Callable<?>>> order = new ArrayList<>(entries.entrySet());
        Collections.rotate(order, Integer.parseInt(args[1])); // another one is the first to touch the library
        String words = message(order.get(0).getValue());
        System.out.println(SAID + words);
        for (Map.Entry<String, Callable<?>> entry : order) {
            expect(entry.getKey(), words, message(entry.getValue()));
            expect(entry.getKey() + " again", words, message(entry.getValue()));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            entries.forEach((name, entry) -> expect(name + " on another thread", words, message(entry)));
            done.complete(null);
        });
        thread.start();
        done.get(60, TimeUnit.SECONDS);
        expect("isAvailable", "false", String.valueOf(Backend.isAvailable()));
        BackendException cause = Backend.unavailabilityCause();
        expect("unavailabilityCause", words, cause == null ? "null" : String.valueOf(cause.getMessage()));
        System.out.println(SAID + (initializeAll(new File(args[0]), words) > 400));
    }

    private static Map<String, Callable<?>> entries() {
        Map<String, Callable<?>> entries = new LinkedHashMap<>();
        entries.put("Libc.get", Libc::get);
        entries.put("a constant Libc", () -> Holder.LIBC.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0));
        entries.put("Backend.chosen", Backend::chosen);
        entries.put("Memory.wrap", () -> Memory.wrap(4096, 8));
        entries.put("Socket.tcp", Socket::tcp);
        entries.put("Socket.udp", Socket::udp);
        entries.put("Socket.unixStream", Socket::unixStream);
        entries.put("Socket.pair", () -> Socket.pair(Domain.UNIX, SocketType.STREAM));
        entries.put("Socket.open", () -> Socket.open(Domain.INET6, SocketType.RAW));
        entries.put("Socket.adopt", () -> Socket.adopt(0));
        bound().ifPresent(channel -> entries.put("Socket.of", () -> Socket.of(channel)));
        entries.put("Epoll.open", Epoll::open);
        entries.put("EventLoop.open", EventLoop::open);
        entries.put("EventFd.open", () -> EventFd.open(0));
        entries.put("TimerFd.open", () -> TimerFd.open());
        entries.put("SignalFd.open", () -> SignalFd.open(Signal.USR1));
        entries.put("PidFd.open", () -> PidFd.open(1));
        entries.put("SplicePipe.open", SplicePipe::open);
        entries.put("TunDevice.open", () -> TunDevice.open("", Linux.IFF_TUN | Linux.IFF_NO_PI));
        entries.put("Interfaces.index", () -> Interfaces.index("lo"));
        entries.put("Interfaces.name", () -> Interfaces.name(1));
        entries.put("PacketSocket.open", PacketSocket::open);
        entries.put("RtNetlink.open", RtNetlink::open);
        entries.put("SocketDiag.open", SocketDiag::open);
        return entries;
    }

    /** None where the JDK itself does not believe in the system whose name it is given. */
    private static Optional<DatagramChannel> bound() {
        try {
            return Optional.of(DatagramChannel.open().bind(null));
        } catch (IOException | LinkageError | AssertionError e) {
            return Optional.empty();
        }
    }

    private static String message(Callable<?> entry) {
        try {
            return "returned " + entry.call();
        } catch (BackendException e) {
            return String.valueOf(e.getMessage());
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static void expect(String what, String words, String got) {
        if (!words.equals(got)) {
            wrong(what + ": " + got);
        }
    }

    private static void wrong(String what) {
        System.out.println(SAID + what);
    }

    private static int initializeAll(File jar, String words) throws IOException {
        int initialized = 0;
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String path = entry.getName();
                if (path.startsWith("io/sockfd/") && path.endsWith(".class") && !path.contains("/internal/")) {
                    String name = path.substring(0, path.length() - ".class".length());
                    try {
                        callStatics(Class.forName(name.replace('/', '.')), words);
                        initialized++;
                    } catch (ClassNotFoundException | LinkageError e) {
                        wrong(name + ": " + e);
                    }
                }
            }
        }
        return initialized;
    }

    /** With zeros and nulls: whatever comes of it, no class is broken by it. */
    private static void callStatics(Class<?> type, String words) {
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(type.getModifiers())) {
                Object[] nothing = Arrays.stream(method.getParameterTypes())
                        .map(parameter -> Array.get(Array.newInstance(parameter, 1), 0))
                        .toArray();
                try {
                    method.invoke(null, nothing);
                } catch (InvocationTargetException e) {
                    if (e.getCause() instanceof Error
                            || (e.getCause() instanceof BackendException && type != Backend.class)) {
                        expect(
                                method.toString(),
                                words,
                                String.valueOf(e.getCause().getMessage()));
                    }
                } catch (IllegalAccessException | IllegalArgumentException e) {
                    wrong(method + ": " + e);
                }
            }
        }
    }
}
