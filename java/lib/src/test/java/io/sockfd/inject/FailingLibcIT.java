package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.ErrnoException;
import io.sockfd.event.EventFd;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The instrument itself: it fails what it was told to, and nothing else. */
@Tag("later")
class FailingLibcIT {
    private static final String NOBODY = "io.sockfd.inject.Nobody";

    /** In a JVM that has it. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            if (args.length > 0) {
                System.out.println(birth());
                return;
            }
            System.out.println(FailingLibc.isInstalled() + " " + birth());
            FailingLibc.fail("eventfd", 2, Linux.EMFILE);
            System.out.println(birth() + " " + birth() + " " + birth());
            System.out.println(
                    FailingLibc.failed() + " of " + FailingLibc.counts().get("eventfd"));
            FailingLibc.fail("eventfd", 1, FailingLibc.ALWAYS, Linux.ENODEV);
            System.out.println(birth() + " " + birth());
            FailingLibc.clear();
            System.out.println(birth() + " " + FailingLibc.failed());
        }

        private static String birth() throws IOException {
            try (EventFd made = EventFd.open(0)) {
                return made.isOpen() ? "made" : "closed";
            } catch (ErrnoException e) {
                return e.errno().name();
            }
        }
    }

    @Test
    void theNthCallFails() throws Exception {
        Leg.Result result = Leg.run(List.of(FailingLibc.OPTION), Child.class.getName());
        assertEquals("""
                true made
                made EMFILE made
                1 of 3
                ENODEV ENODEV
                made 0
                """, result.output());
        assertEquals(0, result.status(), result.output());
    }

    @Test
    void theFirstCallOfAProcessFails() throws Exception {
        Leg.Result result = Leg.run(
                List.of(FailingLibc.OPTION, "-D" + FailingLibc.FIRST + "=eventfd:1:" + Linux.EMFILE),
                Child.class.getName(),
                "once");
        assertEquals("EMFILE\n", result.output());
    }

    /** What is named and cannot be put there is an error, and never a silent run without it. */
    @Test
    void aClassThatIsNotThereIsAnError() throws Exception {
        Leg.Result result = Leg.run(List.of("-Dsockfd.libc.around=" + NOBODY), Child.class.getName(), "once");
        assertEquals(1, result.status(), result.output());
        String expected = "-Dsockfd.libc.around=" + NOBODY + " needs a class with public static Libc around(Libc)";
        assertTrue(result.output().contains(expected), result.output());
    }
}
