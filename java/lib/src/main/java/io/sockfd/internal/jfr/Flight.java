package io.sockfd.internal.jfr;

import jdk.jfr.FlightRecorder;

/** Whether a flight recorder was ever started in this process. */
public final class Flight {
    private static final boolean PRESENT = isPresent();
    private static boolean on; // for ever then, and not volatile: a look that comes late is as good

    private Flight() {}

    /** Whether to make an event, as the last {@link #look} saw it: a send that proceeds at once has no time for more. */
    public static boolean isOn() {
        return on;
    }

    /**
     * Whether to make an event; for what is born or waits, and takes its time. To ask loads one class of the JDK's, some 0.1 ms
     * once; to load the class of an event starts the recorder's machinery, which takes a hundred times as long, and so comes
     * after this.
     */
    public static boolean look() {
        if (!on && PRESENT && FlightRecorder.isInitialized() && Loaded.ALL) {
            on = true;
        }
        return on;
    }

    /** Once and together, so that an operation never fails because of an event. */
    private static final class Loaded {
        static final boolean ALL = load();

        private Loaded() {}

        private static boolean load() {
            try {
                ClassLoader loader = Flight.class.getClassLoader();
                String room = Flight.class.getPackageName();
                for (String name : new String[] {"Connect", "Accept", "Read", "Write", "Wait"}) {
                    Class<?> ignored = Class.forName(room + "." + name + "Event", true, loader);
                }
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                System.getLogger("io.sockfd").log(System.Logger.Level.WARNING, "no events for the flight recorder", e);
                return false;
            }
        }
    }

    /** The module jdk.jfr may be absent, or not be read by ours. */
    private static boolean isPresent() {
        try {
            return Class.forName("jdk.jfr.FlightRecorder", false, Flight.class.getClassLoader())
                    .getModule()
                    .isExported("jdk.jfr", Flight.class.getModule());
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
