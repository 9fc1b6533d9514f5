package io.sockfd;

import io.sockfd.internal.jmx.Shown;
import io.sockfd.internal.wait.OpenLives;
import io.sockfd.internal.wait.Poller;
import io.sockfd.raw.Backend;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * This library's counters, for JMX: {@code io.sockfd:type=Sockfd}, and a bean for each ring that is open, {@code
 * io.sockfd:type=Ring,id=1} for instance. It needs the module {@code java.management}, which the library itself does not.
 *
 * <pre>{@code
 * Management.register();
 * MBeanServer server = ManagementFactory.getPlatformMBeanServer();
 * for (ObjectName ring : server.queryNames(new ObjectName("io.sockfd:type=Ring,*"), null)) {
 *     System.out.println(ring + ": " + server.getAttribute(ring, "InFlight") + " operations in flight");
 * }
 * }</pre>
 */
public final class Management {
    /** The bean's name. */
    public static final String NAME = "io.sockfd:type=Sockfd";

    private static final Object LOCK = new Object();
    private static boolean first; // the bean of that name is ours
    private static boolean shows; // the rings

    private Management() {}

    /** The counters, without JMX. */
    public static SockfdMXBean counters() {
        return new Counters();
    }

    /**
     * Shows the counters in the platform's MBean server, and with them those of each ring from its opening, or from now, to its
     * close: {@code RingMXBean} in {@code io.sockfd.uring}, {@code ReceiveRingMXBean} in {@code io.sockfd.capture}, {@code
     * XdpSocketMXBean} in {@code io.sockfd.xdp}. Nothing happens when they are there.
     *
     * @throws IllegalStateException when the server refuses them
     */
    public static void register() {
        synchronized (LOCK) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            try {
                server.registerMBean(counters(), new ObjectName(NAME));
                first = true;
            } catch (InstanceAlreadyExistsException e) {
                // of this library, or of its copy in another class loader
            } catch (JMException e) {
                throw new IllegalStateException("the MBean server refuses " + NAME, e);
            }
            if (!shows) {
                shows = true;
                Shown.at(new Rings(server));
            }
        }
    }

    /**
     * Undoes {@link #register}. A program that is unloaded with its class loader does so, for the server would keep that loader.
     * Nothing happens when nothing is there.
     */
    public static void unregister() {
        synchronized (LOCK) {
            if (first) {
                first = false;
                hide(ManagementFactory.getPlatformMBeanServer(), NAME);
            }
            if (shows) {
                shows = false;
                Shown.at(null);
            }
        }
    }

    private static void hide(MBeanServer server, String name) {
        try {
            server.unregisterMBean(new ObjectName(name));
        } catch (InstanceNotFoundException e) {
            // somebody else was first
        } catch (JMException e) {
            throw new IllegalStateException("the MBean server keeps " + name, e);
        }
    }

    /** The beans of the rings. A copy of this library in another class loader counts as well, in the same server. */
    private static final class Rings implements Shown.Server {
        private final AtomicLong last = new AtomicLong();
        private final MBeanServer server;

        Rings(MBeanServer server) {
            this.server = server;
        }

        @Override
        public @Nullable Object show(String type, Object bean) {
            while (true) {
                String name = "io.sockfd:type=" + type + ",id=" + last.incrementAndGet();
                try {
                    server.registerMBean(bean, new ObjectName(name));
                    return name;
                } catch (InstanceAlreadyExistsException e) {
                    // the copy's: the next number
                } catch (JMException e) {
                    System.getLogger("io.sockfd")
                            .log(System.Logger.Level.WARNING, "the MBean server refuses " + name, e);
                    return null;
                }
            }
        }

        @Override
        public void hide(Object name) {
            Management.hide(server, name.toString());
        }
    }

    /** Asks each time. */
    private static final class Counters implements SockfdMXBean {
        @Override
        public String getBackend() {
            return Backend.chosen().name();
        }

        @Override
        public int getOpenCount() {
            return OpenLives.areListed() ? OpenLives.all().size() : -1;
        }

        @Override
        public List<String> getOpen() {
            return OpenLives.areListed()
                    ? OpenDescriptor.all().stream()
                            .map(OpenDescriptor::toString)
                            .toList()
                    : List.of();
        }

        @Override
        public int getWaitingVirtualThreads() {
            return Poller.waiting();
        }
    }
}
