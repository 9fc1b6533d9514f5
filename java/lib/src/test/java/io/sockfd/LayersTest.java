package io.sockfd;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.sockfd.internal.wait.VirtualThreads;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows of the design point one way. The overlay of Java 22 is read too. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Path.of("target/classes/io"), Path.of("target/classes/META-INF/versions"));

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static final String[] BACKENDS = {
        "io.sockfd.internal.ffm..", "io.sockfd.internal.jnr..", "io.sockfd.internal.jni.."
    };

    /** What lies above {@code io.sockfd}. */
    private static final String[] USERS = {
        "io.sockfd.event..",
        "io.sockfd.bpf..",
        "io.sockfd.capture..",
        "io.sockfd.ebpf..",
        "io.sockfd.netlink..",
        "io.sockfd.netns..",
        "io.sockfd.nio..",
        "io.sockfd.uring..",
        "io.sockfd.xdp.."
    };

    private static final String[] IDIOMATIC = {"io.sockfd", "io.sockfd.option..", "io.sockfd.packet.."};

    @Test
    void theRawLayerAndTheRoomsBeneathKnowNothingAboveThem() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.sockfd.raw..", "io.sockfd.address..", "io.sockfd.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(IDIOMATIC)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(USERS));
    }

    @Test
    void socketsDoNotKnowWhoWatchesThem() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.sockfd")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(USERS));
    }

    @Test
    void nothingStandsOnXdpAndProgramsKnowNoneOfIt() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockfd.xdp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockfd.xdp.."));
    }

    @Test
    void nothingStandsOnRings() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockfd.uring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockfd.uring.."));
    }

    @Test
    void nothingStandsOnTheChannelsOfTheJdk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockfd.nio..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockfd.nio.."));
    }

    @Test
    void theRawLayerFindsTheBackendsByNameOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(BACKENDS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BACKENDS));
    }

    @Test
    void waitsAndMemoryKnowRawAndAddressAlone() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.sockfd.internal.wait..", "io.sockfd.internal.memory..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.sockfd..")
                        .and(not(resideInAnyPackage(
                                "io.sockfd.internal.wait..",
                                "io.sockfd.internal.memory..",
                                "io.sockfd.raw..",
                                "io.sockfd.address..")))));
        check(noClasses()
                .that()
                .resideInAPackage("io.sockfd.internal.memory..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockfd.internal.wait.."));
    }

    @Test
    void theRawLayerAndAddressesKnowNoRoomAboveThem() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.sockfd.raw..", "io.sockfd.address..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.sockfd.internal..")
                        .and(not(resideInAPackage("io.sockfd.internal.direct..")))));
        check(noClasses()
                .that()
                .resideInAPackage("io.sockfd.internal.direct..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.sockfd..").and(not(resideInAPackage("io.sockfd.internal.direct..")))));
    }

    /** Or Java 22 would look at threads through a method handle that is there for Java 17. */
    @Test
    void whatAsksForVirtualThreadsHasItsTwinForJava22() {
        String twin = VirtualThreads.class.getName().replace('.', '/') + ".class";
        assertTrue(Files.exists(Path.of("target/classes/META-INF/versions/22", twin)), twin);
    }

    @Test
    void nothingOutsideOfTheBackendsNamesTheWayIntoC() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(BACKENDS)
                .and()
                .doNotHaveFullyQualifiedName("io.sockfd.raw.Segments")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.foreign..", "jnr..", "com.kenai..", "sun..", "jdk.internal.."));
    }

    @Test
    void theRawCallsThrowNoCheckedException() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sockfd.raw..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.IOException.class));
    }

    /** Two classes may know each other; three are one thing that nobody can read in parts. */
    @Test
    void noCircleOfClassesIsLargerThanAPair() {
        Set<Set<String>> larger = new HashSet<>();
        for (Set<String> circle : circles()) {
            if (circle.size() > 2) {
                larger.add(circle);
            }
        }
        assertEquals(Set.of(), larger);
    }

    /** Who reads one of a pair must know that the other belongs to it, and why. */
    @Test
    void eachPairIsNamedOnItsPackagesPage() throws IOException {
        Path sources = Path.of(System.getProperty("sockfd.root", "../.."), "java/lib/src/main/java/io/sockfd");
        assumeTrue(Files.isDirectory(sources), "no sources at " + sources);
        List<String> silent = new ArrayList<>();
        for (Set<String> pair : circles()) {
            String any = pair.iterator().next();
            String directory =
                    any.contains(".") ? any.substring(0, any.lastIndexOf('.')).replace('.', '/') : "";
            if (pair.size() == 2) {
                String page = Files.readString(sources.resolve(directory).resolve("package-info.java"));
                for (String name : pair) {
                    if (!page.contains(name.substring(name.lastIndexOf('.') + 1))) {
                        silent.add(directory + "/package-info.java says nothing of the pair " + pair);
                    }
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    /** Of classes of the library that use each other, those that lie in one another included in their outermost. */
    private static Set<Set<String>> circles() {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> used = uses.computeIfAbsent(outermost(type), name -> new HashSet<>());
            type.getDirectDependenciesFromSelf().forEach(use -> used.add(outermost(use.getTargetClass())));
        }
        Map<String, Set<String>> reached = new HashMap<>();
        uses.keySet().forEach(name -> reached.put(name, reach(uses, name)));
        Set<Set<String>> circles = new HashSet<>();
        for (String name : uses.keySet()) {
            Set<String> circle = reached.getOrDefault(name, Set.of()).stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(name))
                    .collect(Collectors.toSet());
            if (circle.size() > 1) {
                circles.add(circle);
            }
        }
        return circles;
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().replaceFirst("^io\\.sockfd\\.", "");
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static Set<String> reach(Map<String, Set<String>> uses, String from) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(uses.get(from));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    /** A struct and the object of an option or a message may: raw.struct says how to tell them apart. */
    @Test
    void noNameExistsTwiceThatIsNotAStructs() {
        Map<String, Set<String>> homes = new HashMap<>();
        CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && type.isTopLevelClass()
                        && !type.getPackageName().contains(".internal")
                        && !type.getPackageName().equals("io.sockfd.raw.struct"))
                .forEach(type -> homes.computeIfAbsent(type.getSimpleName(), name -> new HashSet<>())
                        .add(type.getPackageName()));
        homes.values().removeIf(packages -> packages.size() == 1);
        assertEquals(Map.of(), homes);
    }

    @Test
    void thereIsNoCircleOfPackages() {
        check(slices().matching("io.sockfd.(**)").should().beFreeOfCycles());
    }

    /** remaining() reads the position again, which another thread may have moved: the bytes then lie outside of the buffer. */
    @Test
    void noBufferIsAskedTwiceForItsPosition() {
        Predicate<JavaMethod> twice = method -> {
            List<String> asked = method.getMethodCallsFromSelf().stream()
                    .filter(call -> call.getTargetOwner().isAssignableTo(Buffer.class)
                            && call.getTarget().getRawParameterTypes().isEmpty())
                    .map(call -> call.getTarget().getName())
                    .toList();
            return asked.contains("position") && asked.contains("remaining");
        };
        List<String> methods = CLASSES.stream()
                .filter(type -> type.getPackageName().equals("io.sockfd")
                        || type.getPackageName().equals("io.sockfd.internal.memory"))
                .flatMap(type -> type.getMethods().stream())
                .filter(twice)
                .map(JavaMethod::getFullName)
                .toList();
        assertEquals(List.of(), methods);
    }

    /** A close in between, and a number given away again, and the call would be on a stranger's file. */
    @Test
    void nothingUsesTheNumberOfADescriptorThatMayBeClosedMeanwhile() {
        check(noClasses()
                .should()
                .callMethodWhere(target(name("fd")).and(target(owner(assignableTo(Descriptor.class))))));
    }

    @Test
    void onlyOnePlaceMakesCriticalHandles() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.sockfd.internal.ffm.Linkage")
                .should()
                .callMethodWhere(target(name("critical")).and(target(owner(simpleName("Option"))))));
    }
}
