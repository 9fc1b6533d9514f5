package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** A libc without a function: that call says ENOSYS, and nothing else notices. */
class MissingSymbolIT {
    private static MethodHandle link(String function) throws ReflectiveOperationException {
        Method link = Class.forName("io.sockfd.internal.ffm.Link").getDeclaredMethod("of", String.class);
        link.setAccessible(true);
        return (MethodHandle) link.invoke(null, function);
    }

    private static Object call(String kind, MethodHandle handle, long argument) throws ReflectiveOperationException {
        Method call = Class.forName("io.sockfd.internal.ffm.Downcall")
                .getDeclaredMethod(kind, MethodHandle.class, long.class);
        call.setAccessible(true);
        return call.invoke(null, handle, argument);
    }

    @Test
    void givesEnosysFromThatCallAlone() throws ReflectiveOperationException {
        assumeTrue(Backend.chosen().name().equals("ffm"), "the other backends find their symbols in C");
        assertEquals(-Linux.ENOSYS, call("i", link("sockfd_no_such_function"), 0));
        assertEquals(-Linux.EBADF, call("i", link("close"), -1));
    }
}
