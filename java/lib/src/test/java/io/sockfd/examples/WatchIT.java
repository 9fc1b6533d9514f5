package io.sockfd.examples;

import static io.sockfd.examples.Programs.exampleCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.netlink.Namespaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watch, in a network namespace in which iproute2 changes things. */
@Timeout(90)
@Tag("once")
class WatchIT {
    /** Runs its arguments, and changes the network when told to, which is when a line comes in. */
    private static final String SCRIPT = """
            "$@" &
            watch=$!
            read -r unused
            ip link set lo up
            ip link add v0 type veth peer name v1
            ip address add 192.0.2.1/24 dev v0
            ip link set v0 up
            ip route add 198.51.100.0/24 via 192.0.2.9
            ip link delete v0
            read -r unused
            kill $watch
            """;

    @Test
    void tellsWhatIproute2Does() throws Exception {
        Namespaces.assumePossible();
        Programs.assumeTool("ip");
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", SCRIPT, "sh"));
        command.addAll(exampleCommand("Watch"));
        try (Program watch = Programs.tool(command)) {
            watch.await("watching");
            watch.say("go");
            String gone = watch.await("address   gone");
            assertTrue(gone.contains("192.0.2.1/24 on "), gone);
            watch.await("link      gone");
            watch.say("stop");
            List<String> lines =
                    watch.end().lines().map(line -> line.replaceAll(" +", " ")).toList();
            assertTrue(lines.get(0).matches("link 1 lo down mtu [0-9]+"), lines.toString());
            for (String wanted : new String[] {
                "link 1 lo up mtu .*",
                "address 127.0.0.1/8 on 1",
                "link [0-9]+ v0 down mtu 1500",
                "link [0-9]+ v0 up mtu 1500",
                "route 192.0.2.0/24 on [0-9]+ table 254",
                "link gone [0-9]+ v[01] .*",
            }) {
                assertTrue(lines.stream().anyMatch(line -> line.matches(wanted)), wanted + " in " + lines);
            }
            assertEquals("", watch.errors());
        }
    }
}
