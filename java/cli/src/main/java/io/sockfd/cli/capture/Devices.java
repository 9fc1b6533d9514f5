package io.sockfd.cli.capture;

import io.sockfd.cli.Output;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The interfaces that packets can be captured of. */
final class Devices {
    private Devices() {}

    private static List<NetworkInterface> all() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                .toList();
    }

    static String names() throws IOException {
        return String.join(
                ", ", all().stream().map(NetworkInterface::getName).sorted().toList());
    }

    /** A line for each. */
    static void list(Output out) throws IOException {
        int number = 1;
        for (NetworkInterface device : all()) {
            List<String> state = new ArrayList<>();
            if (device.isUp()) {
                state.add("Up");
                state.add("Running"); // the JDK's isUp asks for both
            }
            if (device.isLoopback()) {
                state.add("Loopback");
            }
            out.line(number++ + "." + device.getName() + " [" + (state.isEmpty() ? "none" : String.join(", ", state))
                    + "]");
        }
        out.line(number + ".any (all interfaces) [Up, Running]");
    }
}
