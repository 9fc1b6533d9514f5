package io.sockfd.inject;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One program as the first use of the library in a process. With the program's name alone nothing fails and the calls are
 * counted; with a call, a place and the name of an errno that one fails, and afterwards the program works all the same.
 */
final class ColdChild {
    private ColdChild() {}

    public static void main(String[] args) throws Exception {
        SocketChannel.open().close(); // the JDK keeps a descriptor from its first channel on
        String said = said(args);
        System.out.println(said);
        System.out.flush();
        Runtime.getRuntime().halt(said.startsWith("BAD") ? 1 : 0); // also with threads that still wait
    }

    /** BAD and why, or GOOD, or the counts. */
    static String said(String... args) {
        Program program = Objects.requireNonNull(Programs.all().get(args[0]));
        try {
            StringBuilder said = new StringBuilder();
            if (args.length == 1) {
                List<Throwable> failures = Crew.run(program);
                if (!failures.isEmpty()) {
                    throw new Trial.Failed("fails by itself", failures);
                }
                for (Map.Entry<String, Integer> entry : FailingLibc.counts().entrySet()) {
                    said.append("CALL " + entry.getKey() + " " + entry.getValue() + "\n");
                }
            } else {
                Errnos.Case error = Errnos.of(args[1]).stream()
                        .filter(known -> known.name().equals(args[3]))
                        .findFirst()
                        .orElseThrow();
                Injection injection = new Injection(args[0], args[1], Integer.parseInt(args[2]), error);
                said.append("END " + Trial.first(program, injection) + "\n");
                FailingLibc.clear();
                new Trial().dryRun(program);
                said.append("GOOD\n");
            }
            return said.toString();
        } catch (Throwable e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return "BAD " + text;
        }
    }
}
