package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.BirthsChild;
import io.sockfd.raw.Leg;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever opens descriptors closes them on every way out, when any of its calls or allocations fails. */
@Timeout(300)
@Tag("once")
@Tag("grid")
class BirthsIT {
    @Test
    void closeWhatTheyOpenedWhenACallFails() throws Exception {
        Leg.Result result = Leg.run(List.of(FailingLibc.OPTION), BirthsChild.class.getName(), "calls");
        System.out.print(result.output());
        assertEquals(0, result.status(), result.output());
    }

    @Test
    void closeWhatTheyOpenedWhenThereIsNoMemory() throws Exception {
        Leg.Result result = Leg.run(
                List.of("-XX:MaxDirectMemorySize=8m"),
                BirthsChild.class.getName(),
                "memory",
                Boolean.getBoolean("sockfd.grid") ? "4" : "1");
        System.out.print(result.output());
        assertEquals(0, result.status(), result.output());
    }

    /** The errno is the call's, by name or by number: never "no such interface". */
    @Test
    void namesOfInterfacesSayThatNoDescriptorIsLeft() throws Exception {
        Leg.Result result = Leg.run(List.of(FailingLibc.OPTION), BirthsChild.class.getName(), "names");
        List<String> lines = result.output().lines().toList();
        assertEquals(2, lines.size(), result.output());
        for (String line : lines) {
            assertTrue(line.contains("if_nametoindex(lo): ") && line.matches(".*(EMFILE|errno 24).*"), line);
        }
    }
}
