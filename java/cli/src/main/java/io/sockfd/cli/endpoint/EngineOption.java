package io.sockfd.cli.endpoint;

import io.sockfd.event.Engine;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option {@code --engine} of those who serve. */
public final class EngineOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private @Nullable Engine engine;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "What waits: epoll or uring, io_uring (default: -Dsockfd.engine, else epoll).")
    void choose(String name) {
        for (Engine each : Engine.values()) {
            if (each.toString().equals(name)) {
                engine = each;
                return;
            }
        }
        throw new ParameterException(spec.commandLine(), "--engine " + name + ": epoll or uring, please");
    }

    /** What was chosen; null for the default. */
    public @Nullable Engine chosen() {
        return engine;
    }

    /** A loop on what was chosen, and on nothing else; without a choice as the library has it. */
    public EventLoop open() throws IOException {
        return engine == null ? EventLoop.open() : EventLoop.open(engine);
    }
}
