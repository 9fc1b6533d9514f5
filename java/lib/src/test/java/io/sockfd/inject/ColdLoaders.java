package io.sockfd.inject;

import io.sockfd.packaging.OwnLoader;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What {@link ColdChild} does, for each call of some programs and each errno of the call, in one JVM: each first use is that
 * of a library which a class loader of its own has just loaded. Prints a line for each, and what must not be.
 */
final class ColdLoaders {
    private static final long TOO_LONG_S = 60;

    private ColdLoaders() {}

    public static void main(String[] programs) throws Exception {
        SocketChannel.open().close(); // the JDK keeps a descriptor from its first channel on
        int faults = 0;
        try (OwnLoader own = new OwnLoader()) {
            for (String program : programs) {
                for (List<String> one : cases(program, alone(own, program))) {
                    System.out.println("COLD " + one);
                    String said = alone(own, one.toArray(new String[0]));
                    if (!said.contains("GOOD")) {
                        faults++;
                        System.out.println("FAULT " + one + ": " + said);
                    }
                }
            }
        }
        Runtime.getRuntime().halt(faults == 0 ? 0 : 1); // also with threads that still wait
    }

    private static List<List<String>> cases(String program, String counts) {
        List<List<String>> cases = new ArrayList<>();
        for (String line : counts.lines().toList()) {
            if (line.startsWith("CALL ")) {
                String call = line.split(" ", 3)[1];
                Errnos.of(call).forEach(error -> cases.add(List.of(program, call, "1", error.name())));
            }
        }
        if (cases.isEmpty()) {
            throw new IllegalStateException(counts);
        }
        return cases;
    }

    /** On a thread that keeps nothing of it. */
    private static String alone(OwnLoader own, String... arguments) throws Exception {
        if (arguments.length > 1) {
            int errno = Errnos.of(arguments[1]).stream()
                    .filter(known -> known.name().equals(arguments[3]))
                    .findFirst()
                    .orElseThrow()
                    .errno();
            System.setProperty(FailingLibc.FIRST, arguments[1] + ":" + arguments[2] + ":" + errno);
        } else {
            System.clearProperty(FailingLibc.FIRST);
        }
        try (URLClassLoader loader = own.load()) {
            Class<?> child = Class.forName(ColdChild.class.getName(), true, loader);
            if (child.equals(ColdChild.class)) {
                throw new AssertionError("it is not the loader's own");
            }
            Method said = child.getDeclaredMethod("said", String[].class);
            said.setAccessible(true);
            FutureTask<Object> task = new FutureTask<>(() -> said.invoke(null, (Object) arguments));
            Thread thread = new Thread(task, "cold");
            thread.start();
            try {
                return task.get(TOO_LONG_S, TimeUnit.SECONDS).toString();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } catch (TimeoutException e) {
                return "hangs: " + List.of(thread.getStackTrace());
            }
        }
    }
}
