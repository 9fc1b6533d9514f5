package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit statuses, help, and what is said about a wrong command line. */
@Tag("once")
class UsageIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctor --nonsense | sockfd: Unknown option: '--nonsense' | Usage: sockfd doctor ",
                "demo --backend | sockfd: Missing required parameter for option '--backend' (NAME) | Usage: sockfd demo ",
                "nonsense | sockfd: Unmatched argument at index 0: 'nonsense' | Usage: sockfd ",
                "traceroute -g 192.0.2.1 192.0.2.9 | sockfd: Unknown option: '-g' | Usage: sockfd traceroute ",
                "traceroute 192.0.2.1 x | sockfd: Invalid value for positional parameter at index 1 (LENGTH): 'x' is not an int | Usage: sockfd traceroute ",
                "ping -R 192.0.2.1 192.0.2.9 | sockfd: Unknown option: '-R' | Usage: sockfd ping ",
                "ping -c x 192.0.2.1 | sockfd: Invalid value for option '-c': 'x' is not a long | Usage: sockfd ping ",
                "--nonsense | sockfd: Unknown option: '--nonsense' | Usage: sockfd ",
                "'' | sockfd: Missing command | Usage: sockfd "
            })
    void wrongUsageIsExplainedInALine(String arguments, String complaint, String usage) throws Exception {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        Child.Result result = Child.sockfd(words);
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertEquals(complaint, result.errLines().get(0));
        assertTrue(result.errLines().get(1).startsWith(usage), result.err());
    }

    @Test
    void helpNamesTheCommandsAndGivesExamples() throws Exception {
        Child.Result result = Child.sockfd("--help");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("Examples:"), result.out());
        String commands = "doctor demo selftest ping traceroute mtu arp capture ss nc relay serve check scan";
        for (String command : commands.split(" ", -1)) {
            assertTrue(result.out().contains("\n  " + command + " "), result.out());
        }
    }

    @Test
    void versionComesFromTheJar() throws Exception {
        Child.Result result = Child.sockfd("--version");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().matches("sockfd [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\n"), result.out());
    }
}
