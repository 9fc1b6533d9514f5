package io.sockfd.hostile;

import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Arenas and segments for code that is compiled for Java 17. */
final class Arenas {
    private static final int FIRST_JAVA = 22;

    private Arenas() {}

    static boolean exist() {
        return Runtime.version().feature() >= FIRST_JAVA;
    }

    /**
     * Makes one.
     *
     * @param kind {@code ofShared}, {@code ofConfined}, {@code ofAuto} or {@code global}
     */
    static AutoCloseable open(String kind) {
        return (AutoCloseable) call(type("Arena"), kind, null, new Class<?>[0]);
    }

    static ByteBuffer allocate(AutoCloseable arena, int size) {
        Object segment =
                call(type("Arena"), "allocate", arena, new Class<?>[] {long.class, long.class}, (long) size, 1L);
        return buffer(segment);
    }

    static ByteBuffer map(AutoCloseable arena, FileChannel file, int size) {
        Class<?>[] types = {FileChannel.MapMode.class, long.class, long.class, type("Arena")};
        return buffer(
                call(FileChannel.class, "map", file, types, FileChannel.MapMode.READ_WRITE, 0L, (long) size, arena));
    }

    /** The segment over a buffer. */
    static Object segment(ByteBuffer buffer) {
        return call(type("MemorySegment"), "ofBuffer", null, new Class<?>[] {java.nio.Buffer.class}, buffer);
    }

    static ByteBuffer buffer(Object segment) {
        return (ByteBuffer) call(type("MemorySegment"), "asByteBuffer", segment, new Class<?>[0]);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Class<?> type, String name, @Nullable Object on, Class<?>[] types, Object... arguments) {
        try {
            return type.getMethod(name, types).invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
