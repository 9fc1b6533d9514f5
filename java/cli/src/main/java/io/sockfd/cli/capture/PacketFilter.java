package io.sockfd.cli.capture;

import io.sockfd.bpf.BpfException;
import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.bpf.Listing;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.UsageException;
import io.sockfd.option.FilterProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which packets are wanted: an expression, or a program in a file. */
final class PacketFilter {
    private final String expression;
    private final @Nullable String file;
    private int netmask = FilterExpression.NETMASK_UNKNOWN;

    /** @param file with a program as tcpdump -ddd prints it, null for the expression */
    PacketFilter(List<String> words, @Nullable String file) {
        this.expression = String.join(" ", words);
        this.file = file;
    }

    /** Of the interface, for {@code ip broadcast}. */
    PacketFilter netmask(int mask) {
        netmask = mask;
        return this;
    }

    /** Refuses what is wrong whatever the packets are, for a file that may have none. */
    void check(int bytes) throws IOException {
        if (file == null && !expression.isBlank()) {
            try {
                FilterExpression.compile(expression, Framing.PACKET_RAW, bytes, netmask);
            } catch (BpfException e) {
                // of another link type it may be right
                Framing[] others = {Framing.LINUX_SLL2, Framing.RAW_IP, Framing.PPP, Framing.ETHERNET};
                if (Arrays.stream(others).noneMatch(link -> compiles(link, bytes))) {
                    throw new UsageException("filter: " + e.getMessage());
                }
            }
        }
    }

    private boolean compiles(Framing link, int bytes) {
        try {
            FilterExpression.compile(expression, link, bytes, netmask);
            return true;
        } catch (BpfException e) {
            return false;
        }
    }

    /**
     * The program for packets of a socket.
     *
     * @throws FailedException says what is wrong with the filter, or the file
     */
    FilterProgram program(Framing link, int bytes) throws IOException {
        String from = file;
        try {
            return from == null ? FilterExpression.compile(expression, link, bytes, netmask) : read(from);
        } catch (BpfException e) {
            throw from == null
                    ? new UsageException("filter: " + e.getMessage())
                    : new FailedException(from + ": " + e.getMessage());
        }
    }

    /** The program for packets of a file; without an expression they may be of any link type. */
    FilterProgram programOfFile(int linkType, int bytes) throws IOException {
        if (file != null || expression.isBlank()) {
            return program(Framing.RAW_IP, bytes);
        }
        Framing link;
        try {
            link = Framing.ofFile(linkType);
        } catch (BpfException e) {
            throw new UsageException("filter: " + e.getMessage());
        }
        return program(link, bytes);
    }

    private static FilterProgram read(String file) throws IOException {
        if (!Files.isReadable(Path.of(file))) {
            throw new FailedException(file + ": there is no such file, or it cannot be read");
        }
        return Listing.parse(Files.readString(Path.of(file)));
    }
}
