package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever calls by reflection, as dynamic languages and mocks do, reaches all that is public: a public method that a public
 * class has from a superclass which is not public is out of reach.
 */
@Tag("once")
class ReflectionTest {
    private static final Path CLASSES = Path.of("target/classes");

    private final Set<String> reached = new TreeSet<>();
    private final List<String> outOfReach = new ArrayList<>();

    @Test
    void allThatIsPublicIsReached() throws Exception {
        for (Class<?> type : publicClasses()) {
            for (Method method : type.getMethods()) {
                reach(type, method, () -> MethodHandles.publicLookup().unreflect(method));
            }
            for (Constructor<?> constructor : type.getConstructors()) {
                reach(type, constructor, () -> MethodHandles.publicLookup().unreflectConstructor(constructor));
            }
            for (Field field : type.getFields()) {
                reach(type, field, () -> MethodHandles.publicLookup().unreflectGetter(field));
            }
        }
        assertEquals(List.of(), outOfReach);
        for (String known : List.of(
                "io.sockfd.Socket.send",
                "io.sockfd.Socket.WOULD_BLOCK",
                "io.sockfd.raw.Libc.getsockopt",
                "io.sockfd.event.Epoll.await",
                "io.sockfd.option.SocketOptions.SO_REUSEPORT",
                "io.sockfd.Message.<init>")) {
            assertTrue(reached.contains(known), () -> known + " is not among " + reached.size());
        }
    }

    private interface Lookup {
        Object handle() throws IllegalAccessException;
    }

    private void reach(Class<?> type, Member member, Lookup lookup) {
        if (member.getDeclaringClass() == Object.class) {
            return;
        }
        String name = member instanceof Constructor ? "<init>" : member.getName();
        try {
            lookup.handle();
            reached.add(type.getName() + "." + name);
        } catch (IllegalAccessException e) {
            outOfReach.add(type.getName() + ": " + e.getMessage());
        }
    }

    private static List<Class<?>> publicClasses() throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        for (String exported : exportedPackages()) {
            try (Stream<Path> files = Files.list(CLASSES.resolve(exported.replace('.', '/')))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.equals("package-info.class")) {
                        Class<?> type = Class.forName(
                                exported + "." + name.substring(0, name.length() - ".class".length()),
                                false,
                                ReflectionTest.class.getClassLoader());
                        if (isPublic(type)) {
                            classes.add(type);
                        }
                    }
                }
            }
        }
        return classes;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static Set<String> exportedPackages() throws IOException {
        try (InputStream in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
