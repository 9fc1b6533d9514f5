package io.sockfd.cli;

import io.sockfd.WithErrno;
import io.sockfd.raw.BackendException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line on stderr why a command did not succeed. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** Every option of one letter is like every other. */
    private static final int MOST_ALIKE = 3;

    private final BooleanSupplier trace;

    Failures(BooleanSupplier trace) {
        this.trace = trace;
    }

    /** Wrong usage: what is wrong, and how it would be right. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String unknown = unknownOption(e, args);
        return usage(e, e.getCommandLine(), unknown.isEmpty() ? e.getMessage() + suggestion(e) : unknown);
    }

    /** An option that there is not takes no value: what follows it is then one word too many, which says little. */
    private static String unknownOption(ParameterException e, String... args) {
        boolean named = e instanceof UnmatchedArgumentException unmatched
                && unmatched.isUnknownOption()
                && unmatched.getUnmatched().size() == 1;
        Set<String> known = e.getCommandLine().getCommandSpec().optionsMap().keySet();
        boolean wantsCommand =
                !e.getCommandLine().getSubcommands().isEmpty(); // the options are those of a misspelt one
        if (named || wantsCommand || e.getArgSpec() instanceof OptionSpec) {
            return "";
        }
        return Arrays.stream(args)
                .takeWhile(arg -> !arg.equals("--"))
                .filter(arg -> arg.matches("-[A-Za-z].*"))
                .map(arg -> arg.substring(0, 2))
                .filter(option -> !known.contains(option))
                .findFirst()
                .map(option -> "Unknown option: '" + option + "'")
                .orElse("");
    }

    /** The command or the option that was meant, when something is spelt like it. */
    private static String suggestion(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            CommandLine command = unmatched.getCommandLine();
            List<String> alike = Spelling.nearest(
                    word,
                    word.startsWith("-")
                            ? command.getCommandSpec().optionsMap().keySet()
                            : command.getSubcommands().keySet());
            return alike.isEmpty() || alike.size() > MOST_ALIKE
                    ? ""
                    : ": did you mean " + String.join(" or ", alike) + "?";
        }
        return "";
    }

    private int usage(Exception e, CommandLine command, @Nullable String message) {
        PrintWriter err = command.getErr();
        err.println("sockfd: " + oneLine(message));
        err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        if (trace.getAsBoolean()) {
            printStackTrace(e, err);
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof UsageException) {
            return usage(e, command, e.getMessage());
        }
        PrintWriter err = command.getErr();
        err.println("sockfd: " + message(e));
        if (trace.getAsBoolean()) {
            printStackTrace(e, err);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static void printStackTrace(Exception e, PrintWriter err) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        err.print(Printable.lines(text.toString()));
        err.flush();
    }

    /** What to tell somebody who does not know the source. */
    static String message(Throwable e) {
        if (e instanceof BackendException || e instanceof WithErrno || e instanceof FailedException) {
            return oneLine(e.getMessage());
        } else if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return message(unchecked.getCause());
        } else if (e instanceof IOException) {
            String type = e.getClass().getSimpleName();
            return e.getMessage() == null ? type : oneLine(e.getMessage()) + " (" + type + ")";
        }
        return "internal error: " + oneLine(String.valueOf(e)) + " (--trace shows where)";
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "failed" : Printable.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
