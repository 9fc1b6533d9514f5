package io.sockfd.cli.relay;

import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.cli.endpoint.EngineOption;
import io.sockfd.cli.endpoint.Listener;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd relay}. */
@Command(
        name = "relay",
        description = {
            "Listens on one address and connects each client to another; carries bytes and ends of streams both ways, "
                    + "inside the kernel where both ends are streams of TCP or UNIX.",
            "Addresses: " + Endpoint.FORMS + ".",
            "Ends by Ctrl-C with status 130, with --once after the first client with 0, or 1 when that failed."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd relay 127.0.0.1:8080 /run/app.sock",
            "  sockfd relay /tmp/db.sock db.example.org:5432 --stats 10",
            "  sockfd relay udp:127.0.0.1:5353 udp:192.0.2.53:53"
        })
public final class Relay implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "LISTEN", description = "Listen here for clients.")
    private String listen = "";

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "Take them there; the name is looked up once, at the start.")
    private String to = "";

    @Option(
            names = "--max",
            paramLabel = "COUNT",
            description = "Serve so many clients at once; others wait (default: 1000).")
    private int most = 1000;

    @Option(names = "-w", paramLabel = "SECONDS", description = "Wait SECONDS for the target to accept (default: 10).")
    private double seconds = 10;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "Forget a client of a datagram socket after SECONDS without datagrams (default: 60).")
    private double idle = 60;

    @Option(names = "--stats", paramLabel = "SECONDS", description = "Print the counters on stderr every SECONDS.")
    private double every;

    @Option(names = "--copy", description = "Copy through user space always, without splice(2).")
    private boolean copy;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(names = "--once", description = "Stop after the first client.")
    private boolean once;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Give the UNIX path to listen on this mode, for instance rw-rw----.")
    private @Nullable String mode;

    @Override
    public Integer call() throws IOException {
        if (most < 1 || !(seconds > 0) || !(idle > 0) || every < 0) {
            throw new ParameterException(spec.commandLine(), "--max, -w, --idle, --stats: numbers above 0, please");
        }
        Endpoint source = Endpoint.parse(listen);
        Target target = new Target(Endpoint.parse(to), most, duration(seconds), duration(idle), once);
        Totals totals = new Totals(this::say);
        try (Listener listener = Listener.bind(source, mode);
                EventLoop loop = engine.open();
                Carriers carriers = new Carriers(copy);
                Sessions sessions = source.isDatagram()
                        ? new DatagramClients(loop, target, totals)
                        : new Clients(loop, carriers, target, totals)) {
            Interruption interruption = new Interruption(() -> loop.stop(Duration.ZERO));
            sessions.serve(listener.socket());
            loop.onFailure((descriptor, failure) -> {
                totals.fail(String.valueOf(failure.getMessage()));
                return EventLoop.isConnection(descriptor);
            });
            if (every > 0) {
                loop.scheduleEvery(duration(every), () -> say(sessions.line()));
            }
            say("from " + listener.name() + " to " + to);
            try {
                loop.run();
            } finally {
                listener.removePath(); // before an interrupt ends the process
                say(sessions.line());
                interruption.close();
            }
        }
        return once && totals.hasFailures() ? 1 : 0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void say(String line) {
        Output.note(spec, "sockfd relay: " + line);
    }
}
