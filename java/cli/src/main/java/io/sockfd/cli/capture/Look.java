package io.sockfd.cli.capture;

import picocli.CommandLine.Option;

/** How packets are shown. */
final class Look {
    @Option(names = "-e", description = "Show the link header.")
    boolean linkHeader;

    @Option(names = "-v", description = "Show the fields of the IP header and the checksums too.")
    boolean[] verbose = {};

    @Option(names = "-q", description = "Show less of TCP: protocol and length.")
    boolean quiet;

    @Option(
            names = "-S",
            description = "Show TCP's sequence numbers as they are (default: counted from the first one).")
    boolean absolute;

    @Option(names = "-x", description = "Show the bytes behind the link header; -xx: with the link header.")
    boolean[] hex = {};

    @Option(
            names = "-X",
            description = "Show the bytes behind the link header in ASCII too; -XX: with the link header.")
    boolean[] both = {};

    @Option(names = "-A", description = "Show the bytes behind the link header as text.")
    boolean[] ascii = {};

    @Option(
            names = "-t",
            description = "Show no time; -tt: seconds since 1970; -ttt: since the packet before; -tttt: with the date; "
                    + "-ttttt: since the first packet.")
    boolean[] times = {};

    @Option(names = "--json", description = "Show each packet as a JSON object on a line of its own.")
    boolean json;
}
