package io.sockfd.packaging;

import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A library to preload that stands before every function of {@link Libc}, and a child that calls under it. */
final class Preloaded {
    private static final int MAGIC = -7777777; // no descriptor, address, flag or family
    private static final int ANSWER = Linux.EXFULL; // of no call
    private static final int ASK = 5_000_000; // with the magic, less an index: how often was this called
    private static final Set<String> NOT_OF_LIBC =
            Set.of("io_uring_setup", "io_uring_enter", "io_uring_register", "bpf");
    private static final List<String> TALK =
            List.of("socket", "bind", "listen", "accept4", "connect", "send", "recv", "shutdown");

    private Preloaded() {}

    static Set<String> functions() {
        return Arrays.stream(Libc.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !NOT_OF_LIBC.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All arguments are longs: they travel in the registers in which C's narrower ones do. */
    static String source() {
        StringBuilder c = new StringBuilder("""
                void *dlsym(void *, const char *);
                int *__errno_location(void);
                static int calls(long i);
                #define F(name, failure) \\
                    int name##_calls; \\
                    long name(long a, long b, long c, long d, long e, long f, long g) { \\
                        static long (*next)(long, long, long, long, long, long, long); \\
                        if ((int)a == %d && (int)b <= -%d && (int)b > -%d - 8) return calls(-%d - (int)b); \\
                        if ((int)a == %d) { *__errno_location() = %d; return failure; } \\
                        if (!next) next = (long (*)(long, long, long, long, long, long, long))dlsym((void *)-1, #name); \\
                        __sync_fetch_and_add(&name##_calls, 1); \\
                        return next(a, b, c, d, e, f, g); \\
                    }
                """.formatted(MAGIC, ASK, ASK, ASK, MAGIC, ANSWER));
        for (String name : functions()) {
            c.append("F(").append(name).append(name.startsWith("if_") ? ", 0)\n" : ", -1)\n");
        }
        c.append("static int calls(long i) { int *all[] = {");
        TALK.forEach(name -> c.append('&').append(name).append("_calls, "));
        return c.append("0}; return *all[i]; }\n").toString();
    }

    /** Argument: {@code talk}, or none to call every function. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            talk();
            return;
        }
        Libc libc = Libc.get();
        Set<String> wrong = new TreeSet<>();
        for (Method method : Libc.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !NOT_OF_LIBC.contains(method.getName())) {
                Object result = method.invoke(libc, arguments(method));
                if (result != null && ((Number) result).longValue() != expected(method.getName())) {
                    wrong.add(method.getName() + " gave " + result);
                }
            }
        }
        int answered = functions().size() - wrong.size();
        System.out.println(answered + " functions answered" + (wrong.isEmpty() ? "" : ", but " + wrong));
    }

    private static void talk() throws IOException {
        try (Socket listener = Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen();
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            try (Socket server = Objects.requireNonNull(listener.accept())) {
                ByteBuffer byteOut = ByteBuffer.allocateDirect(1);
                client.sendAll(byteOut);
                server.recv(ByteBuffer.allocateDirect(1), 0);
                client.send(ByteBuffer.allocate(1), 0);
                server.recv(ByteBuffer.allocate(1), 0);
                client.shutdown(Linux.SHUT_WR);
            }
        }
        Libc libc = Libc.get();
        List<String> unseen = new ArrayList<>();
        for (int i = 0; i < TALK.size(); i++) {
            if (libc.listen(MAGIC, -ASK - i) < 1) {
                unseen.add(TALK.get(i));
            }
        }
        System.out.println("unseen: " + unseen);
    }

    private static long expected(String name) {
        return name.equals("getaddrinfo") ? -1 : -ANSWER;
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == byte[].class) {
                arguments[i] = new byte[1];
            } else if (types[i] == long.class) {
                arguments[i] = i == 0 ? (long) MAGIC : 0L;
            } else {
                arguments[i] = i == 0 ? MAGIC : 0;
            }
        }
        return arguments;
    }
}
