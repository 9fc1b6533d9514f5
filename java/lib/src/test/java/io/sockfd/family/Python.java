package io.sockfd.family;

import java.util.ArrayList;
import java.util.List;

/** Python as a peer, with its socket module's core alone, because the whole takes seconds to load in emulation. */
final class Python {
    private Python() {}

    /** The command for a script, which finds {@code _socket} imported. */
    static String[] command(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3", "-I", "-S", "-c", "import _socket, sys\n" + script));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
