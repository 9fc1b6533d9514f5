package io.sockfd.cli;

import io.sockfd.cli.arp.ArpCommand;
import io.sockfd.cli.capture.Capture;
import io.sockfd.cli.check.Check;
import io.sockfd.cli.demo.Demo;
import io.sockfd.cli.doctor.Doctor;
import io.sockfd.cli.mtu.Mtu;
import io.sockfd.cli.nc.Nc;
import io.sockfd.cli.ping.Ping;
import io.sockfd.cli.relay.Relay;
import io.sockfd.cli.scan.Scan;
import io.sockfd.cli.serve.Serve;
import io.sockfd.cli.ss.Ss;
import io.sockfd.cli.top.Top;
import io.sockfd.cli.traceroute.Traceroute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * The commands by their names, in the order of the help. picocli reads a command's annotations when it is added, which costs
 * more than most commands do: so only the one that is called is added, where it can be told.
 */
final class Commands {
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("doctor", Doctor::new);
        ALL.put("demo", Demo::new);
        ALL.put("selftest", Selftest::new);
        ALL.put("ping", Ping::new);
        ALL.put("traceroute", Traceroute::new);
        ALL.put("mtu", Mtu::new);
        ALL.put("arp", ArpCommand::new);
        ALL.put("capture", Capture::new);
        ALL.put("ss", Ss::new);
        ALL.put("top", Top::new);
        ALL.put("nc", Nc::new);
        ALL.put("relay", Relay::new);
        ALL.put("serve", Serve::new);
        ALL.put("check", Check::new);
        ALL.put("scan", Scan::new);
        ALL.put("help", HelpCommand::new);
    }

    private Commands() {}

    /** Adds the command that these arguments call, all of them where that is not plain: the help, and what is misspelt. */
    static void add(CommandLine command, String... args) {
        Supplier<Object> called = args.length == 0 || args[0].equals("help") ? null : ALL.get(args[0]);
        if (called != null) {
            command.addSubcommand(called.get());
            return;
        }
        addAll(command);
    }

    static void addAll(CommandLine command) {
        ALL.values().forEach(supplier -> command.addSubcommand(supplier.get()));
        ServiceLoader.load(Subcommand.class).forEach(command::addSubcommand);
    }
}
