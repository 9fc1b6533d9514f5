package io.sockfd.cli;

import io.sockfd.address.Interfaces;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What picocli does not check. */
public final class Arguments {
    private Arguments() {}

    /**
     * Goes on when it is right.
     *
     * @throws ParameterException with the message, when not
     */
    public static void require(CommandSpec spec, boolean right, String message) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /**
     * The index of an interface.
     *
     * @throws FailedException names those that there are
     */
    public static int interfaceIndex(String name) throws SocketException {
        try {
            return Interfaces.index(name);
        } catch (SocketException | IllegalArgumentException e) {
            if (e instanceof SocketException unknown
                    && !String.valueOf(e.getMessage()).contains("ENODEV")) {
                throw unknown; // no descriptor left to ask with, for one
            }
            String there = NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new FailedException("there is no interface " + name + "; there are: " + there);
        }
    }
}
