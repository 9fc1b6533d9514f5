package io.sockfd;

import io.sockfd.internal.wait.OpenLives;
import io.sockfd.internal.wait.Poller;
import io.sockfd.raw.Backend;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * This library's counters, for JMX: {@code io.sockfd:type=Sockfd}. It needs the module {@code java.management}, which the library
 * itself does not.
 */
public final class Management {
    /** The bean's name. */
    public static final String NAME = "io.sockfd:type=Sockfd";

    private Management() {}

    /** The counters, without JMX. */
    public static SockfdMXBean counters() {
        return new Counters();
    }

    /**
     * Shows the counters in the platform's MBean server; nothing happens when they are there.
     *
     * @throws IllegalStateException when the server refuses them
     */
    public static void register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(counters(), new ObjectName(NAME));
        } catch (InstanceAlreadyExistsException e) {
            // of this library, or of its copy in another class loader
        } catch (JMException e) {
            throw new IllegalStateException("the MBean server refuses " + NAME, e);
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
