package io.sockfd.cli.contract;

import io.sockfd.raw.Libc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The methods of {@link Libc} by the names that the table has for them. */
public final class Calls {
    private static final Map<String, Method> METHODS = new TreeMap<>();

    /** Takes as many arguments as are given: the rest are zero. */
    private static final String SYSCALL = "syscall";

    static {
        for (Method method : Libc.class.getMethods()) {
            if (isFunction(method)) {
                METHODS.put(method.getName() + (takesArray(method) ? "[]" : ""), method);
            }
        }
    }

    private Calls() {}

    /** All functions of C, those of libc that a table could call; the forms for heap arrays have {@code []} behind. */
    public static Set<String> names() {
        return METHODS.keySet();
    }

    static boolean knows(String name) {
        return METHODS.containsKey(name);
    }

    /** Not {@link Libc#get} and its like, nor what converts between buffers and addresses, which the machine lives on. */
    private static boolean isFunction(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && !method.getName().endsWith("ByteBuffer")
                && !method.getName().endsWith("BufferAddress");
    }

    private static boolean takesArray(Method method) {
        return Arrays.asList(method.getParameterTypes()).contains(byte[].class);
    }

    /** What the call returns; nothing is 0. */
    static long invoke(Libc libc, Scope scope, String name, long[] arguments) {
        Method method = METHODS.get(name);
        if (method == null) {
            throw new IllegalArgumentException("Libc has no method " + name);
        }
        Class<?>[] types = method.getParameterTypes();
        if (arguments.length != types.length && !name.equals(SYSCALL)) {
            throw new IllegalArgumentException(name + " takes " + types.length + " arguments");
        }
        long[] all = Arrays.copyOf(arguments, types.length);
        return takesArray(method)
                ? onHeap(libc, method, scope.memory(all[1]), all)
                : call(libc, method, cast(types, all));
    }

    /** The memory goes to the heap for the call and back after it. */
    private static long onHeap(Libc libc, Method method, ByteBuffer memory, long[] arguments) {
        byte[] array = new byte[memory.capacity()];
        memory.get(0, array);
        Object[] cast = {(int) arguments[0], array, (int) arguments[2], (int) arguments[3], (int) arguments[4]};
        long result = call(libc, method, cast);
        memory.put(0, array);
        return result;
    }

    private static Object[] cast(Class<?>[] types, long[] arguments) {
        Object[] cast = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == int.class) {
                cast[i] = (int) arguments[i];
            } else {
                cast[i] = arguments[i];
            }
        }
        return cast;
    }

    private static long call(Libc libc, Method method, Object[] arguments) {
        try {
            Object result = method.invoke(libc, arguments);
            return result instanceof Number number ? number.longValue() : 0;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method.getName() + " threw " + e.getCause(), e.getCause());
        }
    }
}
