package io.sockfd.internal.jfr;

import jdk.jfr.FlightRecorder;

/** Whether a flight recorder was ever started in this process. */
public final class Flight {
    private static final boolean PRESENT = isPresent();

    private Flight() {}

    /**
     * Whether to make an event. To ask loads one class of the JDK's, some 0.1 ms once; to load the class of an event starts
     * the recorder's machinery, which takes a hundred times as long, and so comes after this.
     */
    public static boolean isOn() {
        return PRESENT && FlightRecorder.isInitialized() && Loaded.ALL;
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
