package io.sockfd.benchmarks.operation;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.In;

/**
 * What each way into C costs by kind of call, with nothing of this library in it and next to nothing behind it: {@code kind}. On
 * several JDKs it is a page: {@code ./sockfd bench compare}.
 */
public final class KindRows {
    private static final String LIBRARY = "libbench.so";
    /** A slice of a millisecond of the shortest calls would be 50 of the longest. */
    private static final Pace PACE = new Pace(20_000, 60, 1, false);

    private KindRows() {}

    public static List<Row> all() {
        return List.of(
                row("nothing", "a function that adds one to a number"),
                row("leaf", "the same, declared short: FFM's Linker.Option.critical")
                        .note(Who.JNI, "has no such declaration any more")
                        .note(Who.JNR, "has no such declaration"),
                row("pointer", "memory outside of the heap, of which C reads a byte")
                        .note(Who.FFM, "a MemorySegment")
                        .note(Who.JNI, "a direct ByteBuffer, GetDirectBufferAddress")
                        .note(Who.JNR, "a direct ByteBuffer"),
                row("array", "a byte[] of 64, of which C reads a byte")
                        .note(Who.FFM, "Linker.Option.critical(true): not copied")
                        .note(Who.JNI, "GetPrimitiveArrayCritical: not copied")
                        .note(Who.JNR, "copies in"),
                row("errno", "a function that fails, and its errno")
                        .note(Who.FFM, "Linker.Option.captureCallState")
                        .note(Who.JNI, "gives -errno"),
                row("upcall", "a function that calls back into Java"));
    }

    private static Row row(String kind, String title) {
        return Row.of("kind", kind, title)
                .paced(PACE)
                .with(Who.C, CKind.class, kind)
                .with(Who.FFM, FfmKind.class, kind)
                .with(Who.JNI, JniKind.class, kind)
                .with(Who.JNR, JnrKind.class, kind);
    }

    /** The functions in {@code native/bench/loops/kind.c}, each with a loop around it. */
    public static final class CKind implements Contestant {
        static {
            Native.load();
        }

        private final String kind;

        public CKind(String kind) {
            this.kind = kind;
        }

        @Override
        public long run(int times) {
            return switch (kind) {
                case "pointer", "array" -> first(times);
                case "errno" -> fails(times);
                case "upcall" -> back(times);
                default -> nothing(times);
            };
        }

        private static native long nothing(int times);

        private static native long first(int times);

        private static native long fails(int times);

        private static native long back(int times);

        @Override
        public void close() {}
    }

    /** {@code java.lang.foreign} by reflection, because this is compiled for Java 17; what runs are constant handles. */
    public static final class FfmKind implements Contestant {
        private static final String PACKAGE = "java.lang.foreign.";
        private static final MethodHandle NOTHING = Foreign.nothing();
        private static final MethodHandle LEAF = Foreign.leaf();
        private static final MethodHandle POINTER = Foreign.pointer();
        private static final MethodHandle ARRAY = Foreign.array();
        private static final ByteBuffer CAPTURED = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        private static final MethodHandle FAILS = Foreign.fails(CAPTURED);
        private static final MethodHandle BACK = Foreign.back();

        private final String kind;
        private final Object segment =
                Foreign.segment(ByteBuffer.allocateDirect(64).put(0, (byte) 7));
        private final byte[] array = {7, 0};

        public FfmKind(String kind) {
            this.kind = kind;
        }

        @Override
        public long run(int times) throws Exception {
            try {
                return switch (kind) {
                    case "leaf" -> leaf(times);
                    case "pointer" -> pointer(segment, times);
                    case "array" -> array(array, times);
                    case "errno" -> fails(times);
                    case "upcall" -> back(times);
                    default -> nothing(times);
                };
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private static long nothing(int times) throws Throwable {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += (long) NOTHING.invokeExact((long) i);
            }
            return sum;
        }

        private static long leaf(int times) throws Throwable {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += (long) LEAF.invokeExact((long) i);
            }
            return sum;
        }

        private static long pointer(Object segment, int times) throws Throwable {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += (long) POINTER.invokeExact(segment);
            }
            return sum;
        }

        private static long array(byte[] array, int times) throws Throwable {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += (long) ARRAY.invokeExact(array);
            }
            return sum;
        }

        private static long fails(int times) throws Throwable {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += (long) FAILS.invokeExact((long) i) < 0 ? -CAPTURED.getInt(0) : 0;
            }
            return sum;
        }

        private static long back(int times) throws Throwable {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += (long) BACK.invokeExact((long) i);
            }
            return sum;
        }

        /** What C calls. */
        public static long plusOne(long number) {
            return number + 1;
        }

        @Override
        public void close() {}

        /** The linker's types and methods. */
        private static final class Foreign {
            private static final MethodType LONG_OF_LONG = MethodType.methodType(long.class, long.class);

            private Foreign() {}

            static MethodHandle nothing() {
                return checked(() -> downcall("kind_nothing", List.of("JAVA_LONG")));
            }

            static MethodHandle leaf() {
                return checked(() -> downcall("kind_nothing", List.of("JAVA_LONG"), critical(false)));
            }

            static MethodHandle pointer() {
                return checked(() -> downcall("kind_first", List.of("ADDRESS"))
                        .asType(MethodType.methodType(long.class, Object.class)));
            }

            static MethodHandle array() {
                return checked(() -> MethodHandles.filterArguments(
                        downcall("kind_first", List.of("ADDRESS"), critical(true)),
                        0,
                        MethodHandles.publicLookup()
                                .findStatic(
                                        type("MemorySegment"),
                                        "ofArray",
                                        MethodType.methodType(type("MemorySegment"), byte[].class))));
            }

            static MethodHandle fails(ByteBuffer captured) {
                return checked(() -> {
                    Object capture = type("Linker$Option")
                            .getMethod("captureCallState", String[].class)
                            .invoke(null, (Object) new String[] {"errno"});
                    return MethodHandles.insertArguments(
                            downcall("kind_fails", List.of("JAVA_LONG"), capture), 0, segment(captured));
                });
            }

            static MethodHandle back() {
                return checked(() -> {
                    MethodHandle target = MethodHandles.lookup().findStatic(FfmKind.class, "plusOne", LONG_OF_LONG);
                    Object stub = type("Linker")
                            .getMethod(
                                    "upcallStub",
                                    MethodHandle.class,
                                    type("FunctionDescriptor"),
                                    type("Arena"),
                                    options().getClass())
                            .invoke(linker(), target, descriptor(List.of("JAVA_LONG")), arena(), options());
                    return MethodHandles.insertArguments(
                            downcall("kind_back", List.of("ADDRESS", "JAVA_LONG")), 0, stub);
                });
            }

            static Object segment(ByteBuffer buffer) {
                return checked(() -> type("MemorySegment")
                        .getMethod("ofBuffer", java.nio.Buffer.class)
                        .invoke(null, buffer));
            }

            private static MethodHandle downcall(String function, List<String> arguments, Object... chosen)
                    throws ReflectiveOperationException {
                Path library = Native.file(LIBRARY);
                Object lookup = type("SymbolLookup")
                        .getMethod("libraryLookup", Path.class, type("Arena"))
                        .invoke(null, library, arena());
                Object address = ((Optional<?>) type("SymbolLookup")
                                .getMethod("find", String.class)
                                .invoke(lookup, function))
                        .orElseThrow();
                return (MethodHandle) type("Linker")
                        .getMethod(
                                "downcallHandle",
                                type("MemorySegment"),
                                type("FunctionDescriptor"),
                                options().getClass())
                        .invoke(linker(), address, descriptor(arguments), options(chosen));
            }

            private static Object descriptor(List<String> arguments) throws ReflectiveOperationException {
                Object layouts = Array.newInstance(type("MemoryLayout"), arguments.size());
                for (int i = 0; i < arguments.size(); i++) {
                    Array.set(layouts, i, layout(arguments.get(i)));
                }
                return type("FunctionDescriptor")
                        .getMethod("of", type("MemoryLayout"), layouts.getClass())
                        .invoke(null, layout("JAVA_LONG"), layouts);
            }

            private static Object layout(String name) throws ReflectiveOperationException {
                return type("ValueLayout").getField(name).get(null);
            }

            private static Object critical(boolean heap) throws ReflectiveOperationException {
                return type("Linker$Option")
                        .getMethod("critical", boolean.class)
                        .invoke(null, heap);
            }

            private static Object options(Object... chosen) throws ReflectiveOperationException {
                Object options = Array.newInstance(type("Linker$Option"), chosen.length);
                for (int i = 0; i < chosen.length; i++) {
                    Array.set(options, i, chosen[i]);
                }
                return options;
            }

            private static Object linker() throws ReflectiveOperationException {
                return type("Linker").getMethod("nativeLinker").invoke(null);
            }

            private static Object arena() throws ReflectiveOperationException {
                return type("Arena").getMethod("global").invoke(null);
            }

            private static Class<?> type(String name) throws ClassNotFoundException {
                return Class.forName(PACKAGE + name);
            }

            private interface Made<T> {
                T make() throws ReflectiveOperationException;
            }

            private static <T> T checked(Made<T> made) {
                try {
                    return made.make();
                } catch (ReflectiveOperationException e) {
                    throw new UnsatisfiedLinkError("java.lang.foreign is final from Java 22 on: " + e);
                }
            }
        }
    }

    /** Native methods, in a copy of the library: one class loader has the other. */
    public static final class JniKind implements Contestant {
        static {
            Native.loadCopy();
        }

        private final String kind;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64).put(0, (byte) 7);
        private final byte[] array = {7, 0};

        public JniKind(String kind) {
            this.kind = kind;
        }

        @Override
        public long run(int times) {
            long sum = 0;
            switch (kind) {
                case "pointer" -> {
                    for (int i = 0; i < times; i++) {
                        sum += first(buffer);
                    }
                }
                case "array" -> {
                    for (int i = 0; i < times; i++) {
                        sum += firstOf(array);
                    }
                }
                case "errno" -> {
                    for (int i = 0; i < times; i++) {
                        sum += fails(i);
                    }
                }
                case "upcall" -> {
                    for (int i = 0; i < times; i++) {
                        sum += back(i);
                    }
                }
                default -> {
                    for (int i = 0; i < times; i++) {
                        sum += nothing(i);
                    }
                }
            }
            return sum;
        }

        private static native long nothing(long number);

        private static native long first(ByteBuffer buffer);

        private static native long firstOf(byte[] array);

        private static native long fails(long number);

        private static native long back(long number);

        /** What C calls. */
        public static long plusOne(long number) {
            return number + 1;
        }

        @Override
        public void close() {}
    }

    /** An interface whose methods jnr-ffi makes. */
    public static final class JnrKind implements Contestant {
        private static final Functions FUNCTIONS = LibraryLoader.create(Functions.class)
                .option(LibraryOption.LoadNow, true)
                .load(Native.file(LIBRARY).toString());
        private static final Runtime RUNTIME = Runtime.getRuntime(FUNCTIONS);

        /** The functions. */
        public interface Functions {
            @IgnoreError
            long kind_nothing(long number);

            @IgnoreError
            long kind_first(@In ByteBuffer memory);

            @IgnoreError
            long kind_first(@In byte[] memory);

            long kind_fails(long number);

            @IgnoreError
            long kind_back(Pointer back, long number);
        }

        /** What C calls. */
        public interface Back {
            @Delegate
            long plusOne(long number);
        }

        private final String kind;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64).put(0, (byte) 7);
        private final byte[] array = {7, 0};
        private final Back back = number -> number + 1; // the manager does not keep it
        private final Pointer stub = RUNTIME.getClosureManager().getClosurePointer(Back.class, back);

        public JnrKind(String kind) {
            this.kind = kind;
        }

        @Override
        public long run(int times) {
            long sum = 0;
            switch (kind) {
                case "pointer" -> {
                    for (int i = 0; i < times; i++) {
                        sum += FUNCTIONS.kind_first(buffer);
                    }
                }
                case "array" -> {
                    for (int i = 0; i < times; i++) {
                        sum += FUNCTIONS.kind_first(array);
                    }
                }
                case "errno" -> {
                    for (int i = 0; i < times; i++) {
                        sum += FUNCTIONS.kind_fails(i) < 0 ? -RUNTIME.getLastError() : 0;
                    }
                }
                case "upcall" -> {
                    for (int i = 0; i < times; i++) {
                        sum += FUNCTIONS.kind_back(stub, i);
                    }
                }
                default -> {
                    for (int i = 0; i < times; i++) {
                        sum += FUNCTIONS.kind_nothing(i);
                    }
                }
            }
            return sum;
        }

        @Override
        public void close() {}
    }
}
