package io.sockfd.cli.serve;

import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.cli.endpoint.EngineOption;
import io.sockfd.cli.endpoint.Listener;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The command {@code sockfd serve}. */
@Command(
        name = "serve",
        description = {
            "An HTTP server on one thread, with epoll or io_uring: the files of a directory by sendfile, or without one the same "
                    + "greeting for every path. GET and HEAD, HTTP/1.0 and 1.1, over TCP or on a UNIX path.",
            "Ends by Ctrl-C with status 130."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd serve                                     greets on 127.0.0.1:8080",
            "  sockfd serve --list -l localhost:8000 public",
            "  sockfd serve -l /run/app.sock --mode rw-rw----   and in nginx:",
            "  proxy_pass http://unix:/run/app.sock;"
        })
public final class Serve implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIRECTORY",
            arity = "0..1",
            description = "Serve what is in it, and nothing outside of it.")
    private @Nullable Path directory;

    @Option(
            names = {"-l", "--listen"},
            paramLabel = "ADDRESS",
            description = "Listen at HOST:PORT, a UNIX PATH, @ABSTRACT … (default: 127.0.0.1:8080).")
    private String listen = "127.0.0.1:8080";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Give the UNIX path this mode, for instance rw-rw----.")
    private @Nullable String mode;

    @Option(
            names = "-w",
            paramLabel = "SECONDS",
            description = "Give a client SECONDS for a request, and to take the next bytes (default: 15).")
    private double seconds = 15;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(
            names = "--list",
            description = "List the files of a directory that has no index.html (default: it is not found).")
    private boolean lists;

    @Option(names = "-v", description = "Print a line on stderr for every response.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        if (!(seconds > 0)) {
            throw new ParameterException(spec.commandLine(), "-w takes seconds above 0");
        }
        Endpoint endpoint = Endpoint.parse(listen);
        if (endpoint.isDatagram()) {
            throw new FailedException(listen + ": HTTP needs a stream");
        }
        try (Site site = site();
                Listener listener = Listener.bind(endpoint, mode);
                EventLoop loop = engine.open()) {
            Interruption interruption = new Interruption(() -> loop.stop(Duration.ZERO));
            Server server = new Server(loop, site, Duration.ofNanos((long) (seconds * 1e9)), verbose, this::say);
            loop.onFailure((descriptor, failure) -> {
                say(String.valueOf(failure.getMessage()));
                return EventLoop.isConnection(descriptor);
            });
            server.serve(listener.socket());
            say("listening on " + listener.name() + ", "
                    + (directory == null ? "greeting" : "serving " + directory.toRealPath()));
            try {
                loop.run();
            } finally {
                listener.removePath(); // before an interrupt ends the process
                say(server.line());
                interruption.close();
            }
        }
        return 0;
    }

    private Site site() throws IOException {
        if (directory == null) {
            return new Site.Hello();
        } else if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
            throw new FailedException(directory + " is no directory that this user may read");
        }
        return new Directory(directory, lists);
    }

    private void say(String line) {
        Output.note(spec, "sockfd serve: " + line);
    }
}
