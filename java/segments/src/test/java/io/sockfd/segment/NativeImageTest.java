package io.sockfd.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jar tells GraalVM's native-image: the shape of each handle that {@link Transfer} has from the linker. */
class NativeImageTest {
    private static final String METADATA =
            "/META-INF/native-image/io.sockfd/sockfd-segments/reachability-metadata.json";

    private static final Map<Class<?>, String> LAYOUTS =
            Map.of(int.class, "jint", long.class, "jlong", MemorySegment.class, "void*");

    private static String layout(Class<?> type) {
        return '"' + Objects.requireNonNull(LAYOUTS.get(type), () -> "no layout for " + type) + '"';
    }

    private static String downcall(Field field) throws IllegalAccessException {
        field.setAccessible(true);
        MethodType type = ((MethodHandle) field.get(null)).type();
        String parameters = type.parameterList().stream()
                .skip(1) // where errno is put
                .map(NativeImageTest::layout)
                .collect(Collectors.joining(", "));
        return "{\"returnType\": " + layout(type.returnType()) + ", \"parameterTypes\": [" + parameters
                + "], \"options\": {\"captureCallState\": true"
                + (field.getName().endsWith("_HEAP") ? ", \"critical\": {\"allowHeapAccess\": true}" : "") + "}}";
    }

    @Test
    void allShapesOfDowncallsAreListed() throws Exception {
        TreeSet<String> made = new TreeSet<>();
        for (Field field : Transfer.class.getDeclaredFields()) {
            if (field.getType() == MethodHandle.class) {
                made.add(downcall(field));
            }
        }
        assertFalse(made.isEmpty());
        try (InputStream metadata = Objects.requireNonNull(Transfer.class.getResourceAsStream(METADATA))) {
            TreeSet<String> listed = new String(metadata.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.strip().replaceFirst(",$", ""))
                    .filter(line -> line.startsWith("{\"returnType\""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(made, listed);
        }
    }
}
