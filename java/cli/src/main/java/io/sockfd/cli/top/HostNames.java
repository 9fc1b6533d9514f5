package io.sockfd.cli.top;

import io.sockfd.cli.Printable;
import io.sockfd.cli.Target;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Addresses by the names that a thread of its own looks up: nothing waits for a name server. */
final class HostNames {
    private final boolean numeric;
    private final Map<InetAddress, String> names = new ConcurrentHashMap<>();
    private final Set<InetAddress> asked = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread named = new Thread(work, "names");
        named.setDaemon(true);
        return named;
    });

    HostNames(boolean numeric) {
        this.numeric = numeric;
    }

    /** The name, or the number until there is one. */
    String of(InetAddress address) {
        if (!numeric && asked.add(address)) {
            thread.execute(() -> lookUp(address));
        }
        return names.getOrDefault(address, Target.number(address));
    }

    private void lookUp(InetAddress address) {
        String name = address.getCanonicalHostName(); // the number when it has none
        if (!name.equals(address.getHostAddress())) {
            names.put(address, Printable.of(name));
        }
    }
}
