package io.sockfd.cli.doctor;

import io.sockfd.cli.doctor.Report.BackendState;
import io.sockfd.cli.doctor.Report.Channels;
import io.sockfd.cli.doctor.Report.Jdk;
import io.sockfd.cli.doctor.Report.Loadable;
import io.sockfd.cli.doctor.Report.Machine;
import io.sockfd.cli.doctor.Report.Privileges;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.nio.SockfdSelectorProvider;
import io.sockfd.raw.Arch;
import io.sockfd.raw.Backend;
import io.sockfd.raw.BackendException;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this process runs on, and with which rights. */
final class Environment {
    // linux/capability.h
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_NET_RAW = 13;

    private Environment() {}

    static BackendState backend() {
        List<Loadable> loadable =
                Backend.NAMES.stream().map(Environment::loadable).toList();
        try {
            Backend chosen = Backend.chosen();
            return new BackendState(chosen.name(), chosen.reason(), chosen.way(), loadable);
        } catch (BackendException e) {
            return new BackendState(null, String.valueOf(e.getMessage()), null, loadable);
        }
    }

    private static Loadable loadable(String name) {
        try {
            return new Loadable(Backend.load(name).name(), true, null);
        } catch (BackendException e) {
            return new Loadable(name, false, e.getMessage());
        }
    }

    static Jdk jdk() {
        return new Jdk(
                System.getProperty("java.runtime.version", ""),
                System.getProperty("java.vendor", ""),
                System.getProperty("java.home", ""));
    }

    static Channels channels() {
        String provider = SelectorProvider.provider().getClass().getName();
        String ours = SockfdSelectorProvider.class.getName();
        return new Channels(
                provider, provider.equals(ours) ? null : "-D" + SelectorProvider.class.getName() + "=" + ours);
    }

    static Machine machine(Proc proc) {
        LibcFile libc = LibcFile.of(proc);
        String kernel = proc.line("sys/kernel/osrelease").orElseGet(() -> System.getProperty("os.version", "unknown"));
        return new Machine(kernel, Arch.current(), libc.name(), libc.version(), libc.file());
    }

    static Privileges privileges(Proc proc) {
        // Uid: real, effective, saved, file system
        Optional<String[]> uids = proc.field("self/status", "Uid").map(line -> line.split("\\s+"));
        Optional<Long> effective = proc.field("self/status", "CapEff").flatMap(Environment::hex);
        return new Privileges(
                uids.map(ids -> number(ids, 0)).orElse(null),
                uids.map(ids -> number(ids, 1)).orElse(null),
                effective.map(bits -> (bits >> CAP_NET_RAW & 1) != 0).orElse(null),
                effective.map(bits -> (bits >> CAP_NET_ADMIN & 1) != 0).orElse(null),
                proc.sysctl("net.ipv4.ping_group_range")
                        .map(range -> range.replaceAll("\\s+", " "))
                        .orElse(null));
    }

    private static @Nullable Integer number(String[] words, int index) {
        try {
            return index < words.length ? Integer.valueOf(words[index]) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Optional<Long> hex(String word) {
        try {
            return Optional.of(Long.parseUnsignedLong(word, 16));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
