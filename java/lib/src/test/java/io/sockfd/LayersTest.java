package io.sockfd;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The arrows of the design point one way. The overlay of Java 22 is read too. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Path.of("target/classes/io"), Path.of("target/classes/META-INF/versions"));

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void theRawLayerKnowsNothingAboveIt() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.sockfd.raw..", "io.sockfd.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sockfd",
                        "io.sockfd.option..",
                        "io.sockfd.packet..",
                        "io.sockfd.bpf..",
                        "io.sockfd.capture..",
                        "io.sockfd.netlink.."));
    }

    @Test
    void theRawLayerFindsTheBackendsByNameOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockfd.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockfd.internal.."));
    }

    @Test
    void nothingOutsideOfTheBackendsNamesTheWayIntoC() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockfd.internal..")
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
                .filter(type -> type.getPackageName().equals("io.sockfd"))
                .flatMap(type -> type.getMethods().stream())
                .filter(twice)
                .map(JavaMethod::getFullName)
                .toList();
        assertEquals(List.of(), methods);
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
