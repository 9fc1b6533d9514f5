package io.sockfd.inject;

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
        Program program = Objects.requireNonNull(Programs.all().get(args[0]));
        int status = 0;
        try {
            SocketChannel.open().close(); // the JDK keeps a descriptor from its first channel on
            if (args.length == 1) {
                List<Throwable> failures = Crew.run(program);
                for (Throwable failure : failures) {
                    failure.printStackTrace();
                    status = 1;
                }
                for (Map.Entry<String, Integer> entry : FailingLibc.counts().entrySet()) {
                    System.out.println("CALL " + entry.getKey() + " " + entry.getValue());
                }
            } else {
                Errnos.Case error = Errnos.of(args[1]).stream()
                        .filter(known -> known.name().equals(args[3]))
                        .findFirst()
                        .orElseThrow();
                Injection injection = new Injection(args[0], args[1], Integer.parseInt(args[2]), error);
                System.out.println("END " + Trial.first(program, injection));
                FailingLibc.clear();
                new Trial().dryRun(program);
                System.out.println("GOOD");
            }
        } catch (Throwable e) {
            e.printStackTrace();
            status = 1;
        }
        Runtime.getRuntime().halt(status); // also with threads that still wait
    }
}
