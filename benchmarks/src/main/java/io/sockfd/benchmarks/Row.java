package io.sockfd.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: one operation with one set of sizes, and everybody who can do it.
 *
 * <p>A contestant is named by its class, because it may have to be loaded more than once; see {@link Isolation}.
 */
public final class Row {
    private final String operation;
    private final String variant;
    private final String title;
    private final Map<Who, Entry> entries = new EnumMap<>(Who.class);
    private final Map<Who, String> notes = new EnumMap<>(Who.class);
    private int divisor = 1;
    private String metric = "time";
    private boolean quick;
    private boolean wide;
    private boolean onAll;
    private @Nullable Pace pace;
    private @Nullable String axis;
    private int at;

    private record Entry(Class<? extends Contestant> type, List<Object> arguments) {}

    private Row(String operation, String variant, String title) {
        this.operation = operation;
        this.variant = variant;
        this.title = title;
    }

    /**
     * A row without contestants.
     *
     * @param operation as on the command line, {@code unix}
     * @param variant what tells it from the operation's other rows, {@code 64}; no blanks
     * @param title for people, {@code UNIX stream, send and receive 64 B}
     */
    public static Row of(String operation, String variant, String title) {
        return new Row(operation, variant, title);
    }

    /** Adds a contestant. The arguments are those of the class's only public constructor. */
    public Row with(Who who, Class<? extends Contestant> type, Object... arguments) {
        entries.put(who, new Entry(type, List.of(arguments)));
        return this;
    }

    /** Adds the three raw backends. */
    public Row withRaw(Class<? extends Contestant> type, Object... arguments) {
        return with(Who.FFM, type, arguments).with(Who.JNI, type, arguments).with(Who.JNR, type, arguments);
    }

    /** What a contestant does more or less than the others. */
    public Row note(Who who, String text) {
        notes.put(who, text);
        return this;
    }

    /** One run of the operation moves this many things (datagrams, packets), and figures are for one of them. */
    public Row per(int things) {
        divisor = things;
        return this;
    }

    /** What the nanoseconds are, where that is not the time of an operation: {@code CPU time of the server a request}. */
    public Row metric(String text) {
        metric = text;
        return this;
    }

    /** Measures by rounds of a fixed number of operations, not by slices of time. */
    public Row paced(Pace rounds) {
        pace = rounds;
        return this;
    }

    /** Says that one and the same thing, done again and again, does not take one and the same time here. */
    public Row wide() {
        wide = true;
        return this;
    }

    /**
     * Says that the rows of this operation with the same axis are points of a curve, and where this one lies.
     *
     * @param name what is counted there, {@code bytes}
     */
    public Row at(String name, int point) {
        axis = name;
        at = point;
        return this;
    }

    /** Measures where the threads of a contestant can run side by side. */
    public Row onAllProcessors() {
        onAll = true;
        return this;
    }

    /** Marks the row as part of the quick run. */
    public Row quick() {
        quick = true;
        return this;
    }

    public String operation() {
        return operation;
    }

    public String title() {
        return title;
    }

    /** {@code unix/64}. */
    public String id() {
        return operation + "/" + variant;
    }

    /** Whether this is the row's {@link #id}, or its operation. */
    boolean isNamed(String name) {
        return name.equals(operation) || name.equals(id());
    }

    public Set<Who> who() {
        return entries.keySet();
    }

    public Map<Who, String> notes() {
        return notes;
    }

    public int divisor() {
        return divisor;
    }

    public String metric() {
        return metric;
    }

    /** Whether its rounds differ by themselves, as those of other processes do. */
    public boolean isWide() {
        return wide || pace != null;
    }

    public boolean isQuick() {
        return quick;
    }

    /** Whether its JVM is not pinned to one processor. */
    public boolean isOnAllProcessors() {
        return onAll;
    }

    /** Of the curve that this row is a point of; null where it is none. */
    public @Nullable String axis() {
        return axis;
    }

    /** Where it lies on its curve. */
    public int at() {
        return at;
    }

    /** How it is measured where that is not by slices. */
    public @Nullable Pace pace() {
        return pace;
    }

    /**
     * Makes a contestant, ready to run.
     *
     * @throws UnavailableException when it cannot take part on this machine
     */
    public Contestant open(Who who) throws Exception {
        Entry entry = entries.get(who == Who.OTHER ? Who.SOCKFD : who); // the same program, over another jar
        if (entry == null) {
            throw new IllegalArgumentException(who.id() + " does not take part in " + id());
        }
        try {
            Class<? extends Contestant> type = Isolation.of(who).load(entry.type);
            return (Contestant) type.getConstructors()[0].newInstance(entry.arguments.toArray());
        } catch (LinkageError e) { // of the class itself, which may need a library that is not there
            throw new UnavailableException(e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            while (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof LinkageError) {
                throw new UnavailableException(cause);
            }
            throw cause instanceof Exception exception ? exception : e;
        }
    }

    /** All contestants but those that {@code unwanted} names. */
    public List<Who> without(Set<Who> unwanted) {
        List<Who> wanted = new ArrayList<>(entries.keySet());
        wanted.removeAll(unwanted);
        return wanted;
    }
}
