package io.sockfd.cli.endpoint;

import io.sockfd.cli.UsageException;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Function;

/** Ports as a user writes them: {@code 22}, {@code 1-1000}, {@code 22,80,8000-8100}. */
public final class Ports {
    private static final int LAST = 65535;

    private Ports() {}

    /**
     * Reads them; each comes once, in ascending order.
     *
     * @throws UsageException when they are none; the message is for the user
     */
    public static BitSet parse(String text) {
        return parse(text, name -> Optional.empty());
    }

    /** As {@link #parse(String)}; a port may be the name of a service too, {@code http}. */
    public static BitSet parse(String text, Function<String, Optional<Integer>> services) {
        Optional<Integer> service = services.apply(text); // some have a hyphen in them
        BitSet ports = new BitSet();
        if (service.isPresent()) {
            ports.set(service.get());
            return ports;
        }
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int from = port(text, dash < 0 ? part : part.substring(0, dash), services);
            int to = dash < 0 ? from : port(text, part.substring(dash + 1), services);
            if (to < from) {
                throw new UsageException("ports " + text + ": " + part + " is the wrong way round");
            }
            ports.set(from, to + 1);
        }
        return ports;
    }

    private static int port(String text, String number, Function<String, Optional<Integer>> services) {
        Optional<Integer> service = services.apply(number);
        if (service.isPresent()) {
            return service.get();
        }
        if (number.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(number);
            if (port >= 1 && port <= LAST) {
                return port;
            }
        }
        throw new UsageException("ports " + text + ": numbers from 1 to 65535, please, as 22,80,8000-8100");
    }
}
