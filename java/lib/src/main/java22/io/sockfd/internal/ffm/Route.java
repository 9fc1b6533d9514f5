package io.sockfd.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sockfd.raw.Arch;
import java.io.File;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether system calls go past libc, and where libc's functions are. What is preloaded (Onload, torsocks, a sanitizer) sees
 * every call: where there is such a library all calls go through libc, whose functions are then looked up as the dynamic
 * linker binds those of a program, so that what is preloaded comes first. {@code -Dsockfd.ffm.via=libc} does the same where
 * nothing seems to be preloaded; {@code kernel} there ignores what is.
 */
final class Route {
    /** Why system calls are to go through libc; null when they need not. */
    static final @Nullable String VIA_LIBC = reason();

    private static final String PROPERTY = "sockfd.ffm.via"; // kernel or libc
    private static final long RTLD_DEFAULT = 0;

    private static final SymbolLookup LIBC = Linker.nativeLinker().defaultLookup();

    private Route() {}

    private static @Nullable String reason() {
        String via = System.getProperty(PROPERTY, "");
        if (!Arch.current().equals("x86_64") && !Arch.current().equals("aarch64")) {
            return "their code is not known for " + Arch.current();
        } else if (!via.isEmpty()) {
            return via.equals("kernel") ? null : "-D" + PROPERTY + "=" + via;
        }
        String preload = System.getenv("LD_PRELOAD");
        if (preload != null && !preload.isEmpty()) {
            return "LD_PRELOAD is set";
        }
        return new File("/etc/ld.so.preload").length() > 0 ? "/etc/ld.so.preload is there" : null;
    }

    /** A function of libc, or what stands before it; the linker's own lookup knows libc only. */
    static Optional<MemorySegment> find(String function) {
        Optional<MemorySegment> own = LIBC.find(function);
        if (VIA_LIBC == null) {
            return own;
        }
        long address = Global.dlsym(function);
        return address == 0 ? own : Optional.of(MemorySegment.ofAddress(address));
    }

    /** A function of libc whose value is all that it says. */
    static MethodHandle plain(String function) {
        Optional<MemorySegment> symbol = find(function);
        return symbol.isPresent() ? Downcall.of(symbol.get(), Downcall.SIX) : Downcall.enosys(Downcall.SIX);
    }

    /** A class of its own, because dlsym is linked only where it is needed. */
    private static final class Global {
        private static final @Nullable MethodHandle DLSYM = link();

        @SuppressWarnings("restricted") // void *dlsym(void *, const char *)
        private static @Nullable MethodHandle link() {
            FunctionDescriptor shape = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG);
            return LIBC.find("dlsym")
                    .map(dlsym -> Linker.nativeLinker().downcallHandle(dlsym, shape))
                    .orElse(null);
        }

        static long dlsym(String function) {
            if (DLSYM == null) {
                return 0;
            }
            byte[] bytes = function.getBytes(StandardCharsets.US_ASCII);
            ByteBuffer name = ByteBuffer.allocateDirect(bytes.length + 1).put(bytes);
            try {
                return (long) DLSYM.invokeExact(
                        RTLD_DEFAULT, MemorySegment.ofBuffer(name.rewind()).address());
            } catch (Throwable t) {
                throw Downcall.unexpected(t);
            } finally {
                Reference.reachabilityFence(name);
            }
        }
    }
}
