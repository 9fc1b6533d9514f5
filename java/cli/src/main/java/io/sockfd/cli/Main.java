package io.sockfd.cli;

import io.sockfd.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code sockfd}. */
@Command(
        name = "sockfd",
        description = "The POSIX socket API for Java, with nothing in between.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd doctor                        what works on this machine",
            "  sockfd demo                          conversations on loopback",
            "  sockfd selftest                      what every call returns",
            "  sockfd ss -tlnp                      who listens",
            "  sockfd -Dsockfd.backend=jni doctor   the same on another backend",
            "",
            "sockfd help COMMAND explains a command."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--trace",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure.",
            defaultValue = "${sys:sockfd.trace:-false}",
            fallbackValue = "true")
    private boolean trace;

    @Option(
            names = "--netns",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description =
                    "Work in this network namespace, as ip netns exec NAME does: a name of ip netns list, or a path.")
    private @Nullable String netns;

    /** Ends the process with the command's exit status: 0 success, 1 failure, 2 wrong usage. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    /** With all commands. */
    static CommandLine commandLine() {
        Main main = new Main();
        CommandLine command = new CommandLine(main);
        Commands.addAll(command);
        return main.prepare(command);
    }

    static int run(String... args) {
        Main main = new Main();
        CommandLine command = new CommandLine(main);
        Commands.add(command, args);
        return main.prepare(command).execute(args);
    }

    private CommandLine prepare(CommandLine command) {
        Failures failures = new Failures(() -> trace);
        return command.setOverwrittenOptionsAllowed(true) // -nn, as people type it
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setExecutionStrategy(this::execute);
    }

    /** The threads that a command starts are where it is. */
    private int execute(ParseResult parsed) {
        IExecutionStrategy last = new RunLast();
        if (netns == null) {
            return last.execute(parsed);
        }
        try (NetworkNamespace namespace =
                netns.indexOf('/') >= 0 ? NetworkNamespace.of(Path.of(netns)) : NetworkNamespace.named(netns)) {
            return namespace.call(() -> last.execute(parsed));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--netns: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ExecutionException(spec.commandLine(), "--netns " + netns, e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
