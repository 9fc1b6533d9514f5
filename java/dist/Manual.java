import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes a man page for each command, out of what the commands say of themselves, and bash's completions: Manual DIRECTORY
 * COMPLETIONS VERSION.
 */
public final class Manual {
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        var constructor = Class.forName("io.sockfd.cli.Main").getDeclaredConstructor();
        constructor.setAccessible(true);
        CommandLine main = new CommandLine(constructor.newInstance());
        var addAll = Class.forName("io.sockfd.cli.Commands").getDeclaredMethod("addAll", CommandLine.class);
        addAll.setAccessible(true);
        addAll.invoke(null, main);
        Files.writeString(Path.of(args[1]), AutoComplete.bash("sockfd", main));
        write(directory, "sockfd", main, args[2]);
        for (var command : main.getSubcommands().entrySet()) {
            if (!command.getKey().equals("help")) {
                write(directory, "sockfd-" + command.getKey(), command.getValue(), args[2]);
            }
        }
    }

    private static void write(Path directory, String name, CommandLine command, String version) throws IOException {
        command.setUsageHelpWidth(78).setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        String[] description = command.getCommandSpec().usageMessage().description();
        String first = description.length == 0 ? name : description[0];
        int end = first.indexOf(". ");
        StringBuilder page = new StringBuilder(".TH ")
                .append(name.toUpperCase(java.util.Locale.ROOT))
                .append(" 1 \"\" \"sockfd " + version + "\"\n.SH NAME\n")
                .append(name)
                .append(" \\- ")
                .append(escaped(end < 0 ? first : first.substring(0, end)))
                .append("\n.SH DESCRIPTION\n.nf\n");
        Arrays.stream(command.getUsageMessage().split("\n"))
                .forEach(line -> page.append(escaped(line)).append('\n'));
        page.append(".fi\n.SH SEE ALSO\n").append(name.equals("sockfd") ? "sockfd-doctor(1)\n" : "sockfd(1)\n");
        Files.writeString(directory.resolve(name + ".1"), page);
    }

    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
