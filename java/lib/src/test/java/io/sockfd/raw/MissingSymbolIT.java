package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** A libc without a function: that call says ENOSYS, and nothing else notices. */
class MissingSymbolIT {
    private static MethodHandle link(String function) throws ReflectiveOperationException {
        Method link = Class.forName("io.sockfd.internal.ffm.Linkage").getDeclaredMethod("of", String.class);
        link.setAccessible(true);
        return (MethodHandle) link.invoke(null, function);
    }

    private static long call(MethodHandle handle, long argument) throws Throwable {
        return (long) handle.invokeExact(argument, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void givesEnosysFromThatCallAlone() throws Throwable {
        assumeTrue(Backend.chosen().name().equals("ffm"), "the other backends find their symbols in C");
        assertEquals(-Linux.ENOSYS, call(link("sockfd_no_such_function"), 0));
        assertEquals(-Linux.EBADF, call(link("close"), -1));
    }
}
