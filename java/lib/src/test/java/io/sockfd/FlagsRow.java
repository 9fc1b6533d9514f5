package io.sockfd;

import io.sockfd.raw.Linux;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One row of the table of flags: a call, and the state that it finds. */
record FlagsRow(boolean sends, Type type, String state, Mode mode, int flags, Form form, boolean virtual, int number) {
    static final int LATER_MS = 30;
    private static final int SIZE = 6;
    private static final int LARGE = 65_536;
    private static final int IP_HEADER = 20;

    enum Type {
        TCP,
        UDP,
        UNIX_STREAM,
        UNIX_SEQPACKET,
        UNIX_DGRAM,
        RAW,
        NETLINK,
        PACKET;

        boolean isStream() {
            return this == TCP || this == UNIX_STREAM;
        }

        boolean isUnix() {
            return this == UNIX_STREAM || this == UNIX_SEQPACKET || this == UNIX_DGRAM;
        }

        boolean isConnection() {
            return isStream() || this == UNIX_SEQPACKET;
        }

        boolean isPrivileged() {
            return this == RAW || this == PACKET;
        }
    }

    enum Mode {
        BLOCKING,
        TIMED,
        NON_BLOCKING
    }

    /** How the program gives its memory: one buffer, an array, read and write with several, a message, a batch of one. */
    enum Form {
        DIRECT,
        HEAP,
        ARRAY,
        SEVERAL,
        MESSAGE,
        BATCH;

        boolean isMessage() {
            return this == MESSAGE || this == BATCH;
        }
    }

    private static final Map<String, Integer> FLAGS = flagsByName();

    private static Map<String, Integer> flagsByName() {
        Map<String, Integer> flags = new LinkedHashMap<>();
        flags.put("WAITALL", Linux.MSG_WAITALL);
        flags.put("PEEK", Linux.MSG_PEEK);
        flags.put("TRUNC", Linux.MSG_TRUNC);
        flags.put("DONTWAIT", Linux.MSG_DONTWAIT);
        flags.put("OOB", Linux.MSG_OOB);
        flags.put("ERRQUEUE", Linux.MSG_ERRQUEUE);
        flags.put("CMSG_CLOEXEC", Linux.MSG_CMSG_CLOEXEC);
        flags.put("MORE", Linux.MSG_MORE);
        flags.put("EOR", Linux.MSG_EOR);
        flags.put("CONFIRM", Linux.MSG_CONFIRM);
        flags.put("PROBE", Linux.MSG_PROXY); // its second name
        flags.put("DONTROUTE", Linux.MSG_DONTROUTE);
        flags.put("NOSIGNAL", Linux.MSG_NOSIGNAL);
        flags.put("FASTOPEN", Linux.MSG_FASTOPEN);
        return flags;
    }

    private static int flag(String name) {
        return Objects.requireNonNull(FLAGS.get(name), name);
    }

    private static List<String> states(boolean sends, Type type) {
        String states = sends ? statesOfSends(type) : statesOfReceives(type);
        return List.of(states.split(" "));
    }

    private static String statesOfReceives(Type type) {
        String all = "NOTHING PART ALL FULL NOTHING_LATER_ALL PART_LATER_REST";
        String shut = " SHUT_RD SHUT_WR PART_AND_SHUT_RD NOTHING_LATER_SHUT_RD";
        String ended = " END PART_AND_END CLOSED PART_AND_CLOSED NOTHING_LATER_END PART_LATER_END PART_LATER_CLOSED";
        String broken = " RESET NOTHING_LATER_RESET PART_LATER_RESET ALONE";
        String urgent = " URGENT PART_AND_URGENT URGENT_AND_PART PART_LATER_URGENT";
        String low = low(" NOTHING PART ALL NOTHING_LATER_ALL PART_LATER_REST PART_AND_END PART_LATER_END")
                + " LOW5_AND_PART_LATER_CLOSED LOW5_AND_PART_LATER_RESET LOW5_AND_PART_AND_SHUT_RD"
                + " LOW5_AND_PART_LATER_SHUT_RD LOW5_AND_PART_AND_URGENT LOW5_AND_PART_LATER_URGENT";
        return switch (type) {
            case TCP -> all + shut + ended + broken + urgent + low;
            case UNIX_STREAM -> all + shut + ended + broken + urgent + low + " RIGHTS PART_AND_RIGHTS";
            case UNIX_SEQPACKET -> all + shut + ended + broken + " RIGHTS LOW5_AND_PART";
            case UNIX_DGRAM -> all + shut + " END CLOSED RESET ALONE RIGHTS";
            case UDP -> all + shut + " END CLOSED RESET QUEUED NOTHING_LATER_RESET ALONE LOW5_AND_PART";
            case RAW -> all + shut + " END CLOSED ALONE";
            case NETLINK, PACKET -> all + " CLOSED";
        };
    }

    /** With a SO_RCVLOWAT below what is there at first, above it, and above what the call has room for. */
    private static String low(String states) {
        return states.replace(" ", " LOW2_AND_")
                + states.replace(" ", " LOW5_AND_")
                + states.replace(" ", " LOW50_AND_");
    }

    private static String statesOfSends(Type type) {
        String shut = "NOTHING SHUT_RD SHUT_WR DEAF END CLOSED RESET ALONE";
        String full = " FULL FULL_LATER_DRAINED FULL_LATER_CLOSED FULL_LATER_SHUT_WR";
        return switch (type) {
            case TCP -> shut + " FULL FULL_LATER_DRAINED FULL_LATER_SHUT_WR LARGE ADDRESSED REFUSED";
            case UNIX_STREAM -> shut + full + " LARGE";
            case UNIX_SEQPACKET -> shut + full;
            case UNIX_DGRAM -> shut + full + " ADDRESSED REFUSED";
            case UDP -> shut + " ADDRESSED REFUSED";
            case RAW -> "NOTHING SHUT_RD SHUT_WR CLOSED ALONE ADDRESSED";
            case NETLINK -> "NOTHING CLOSED FULL FULL_LATER_DRAINED FULL_LATER_CLOSED";
            case PACKET -> "NOTHING CLOSED";
        };
    }

    /** All together with each other. */
    private static List<String> crossed(boolean sends, Type type, String state) {
        if (state.startsWith("LOW")) {
            return List.of("WAITALL", "PEEK", "TRUNC", "DONTWAIT");
        } else if (!sends) {
            return List.of("WAITALL", "PEEK", "TRUNC", "DONTWAIT", "OOB", "ERRQUEUE");
        }
        return switch (type) {
            case TCP -> List.of("MORE", "OOB", "DONTROUTE", "DONTWAIT", "FASTOPEN", "EOR");
            case UDP, RAW -> List.of("MORE", "CONFIRM", "PROBE", "DONTROUTE", "OOB", "DONTWAIT");
            case UNIX_STREAM, UNIX_SEQPACKET, UNIX_DGRAM, NETLINK -> List.of("MORE", "EOR", "OOB", "DONTWAIT");
            case PACKET -> List.of("MORE", "CONFIRM", "OOB", "DONTWAIT");
        };
    }

    /** The others, each with DONTWAIT and without. */
    private static List<String> alone(boolean sends) {
        return sends
                ? List.of("MORE", "EOR", "CONFIRM", "PROBE", "DONTROUTE", "OOB", "NOSIGNAL", "FASTOPEN")
                : List.of("CMSG_CLOEXEC");
    }

    private static List<Integer> combinations(boolean sends, Type type, String state) {
        List<String> crossed = crossed(sends, type, state);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 1 << crossed.size(); i++) {
            int flags = 0;
            for (int bit = 0; bit < crossed.size(); bit++) {
                flags |= (i & 1 << bit) != 0 ? flag(crossed.get(bit)) : 0;
            }
            all.add(flags);
        }
        for (String name : alone(sends)) {
            if (!crossed.contains(name)) {
                all.add(flag(name));
                all.add(flag(name) | Linux.MSG_DONTWAIT);
            }
        }
        return all;
    }

    static List<FlagsRow> all() {
        List<FlagsRow> rows = new ArrayList<>();
        for (boolean sends : new boolean[] {false, true}) {
            for (Type type : Type.values()) {
                for (String state : states(sends, type)) {
                    for (Mode mode : Mode.values()) {
                        for (int flags : combinations(sends, type, state)) {
                            for (Form form : Form.values()) {
                                add(rows, new FlagsRow(sends, type, state, mode, flags, form, false, rows.size()));
                            }
                        }
                    }
                }
            }
        }
        return rows;
    }

    private static void add(List<FlagsRow> rows, FlagsRow row) {
        boolean channel = row.form == Form.SEVERAL && (row.flags != 0 || row.isAddressed()); // it has neither
        if (channel || (row.form == Form.ARRAY && row.isAddressed())) {
            return;
        }
        rows.add(row);
        if (Virtual.available()) {
            rows.add(new FlagsRow(row.sends, row.type, row.state, row.mode, row.flags, row.form, true, rows.size()));
        }
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean isAddressed() {
        return state.equals("ADDRESSED") || state.equals("REFUSED");
    }

    boolean isLater() {
        return state.contains("_LATER_");
    }

    boolean isFull() {
        return state.startsWith("FULL") || state.equals("LARGE");
    }

    int size() {
        return state.equals("LARGE") ? LARGE : sends || type != Type.RAW ? SIZE : IP_HEADER + SIZE;
    }

    int timeoutMillis() {
        return isLater() ? 10_000 : 40;
    }

    /** As C has it: what the library adds or takes away is added or taken away here. */
    String forC() {
        int theirs = flags;
        Mode how = mode;
        if (sends) {
            theirs |= Linux.MSG_NOSIGNAL; // no send of ours raises SIGPIPE
        } else if (type.isUnix() && form.isMessage()) {
            theirs |= Linux.MSG_CMSG_CLOEXEC; // no descriptor of ours is open in a child that somebody starts
        }
        if (state.equals("LARGE") && form != Form.SEVERAL) {
            theirs |=
                    Linux.MSG_DONTWAIT; // a send of ours is one system call: it waits until something fits, not for all
        }
        return (sends ? "send " : "recv ") + type + " " + state + " " + how + " " + names(theirs) + " " + shape()
                + size() + " " + timeoutMillis();
    }

    private String shape() {
        return form == Form.BATCH ? "batch " : form == Form.MESSAGE ? "message " : "one ";
    }

    /** Whether ours is C's answer, or what stands for it. */
    boolean accepts(String c, String ours) {
        return ours.equals(c) || (sends ? acceptsSend(c, ours) : acceptsReceive(c, ours));
    }

    private boolean acceptsSend(String c, String ours) {
        // a send of ours that waited is made again, and to that the kernel says EPIPE, whatever ended the connection;
        // so it
        // does to a program in C that waits by poll(2)
        boolean polled =
                state.equals("FULL_LATER_CLOSED") && ours.equals("-" + Linux.EPIPE) && c.equals("-" + Linux.ECONNRESET);
        // without a cookie ours waits by poll(2) for the connection and sends then, which MSG_MORE delays; C's data
        // waits
        // inside of the call and leaves with the handshake
        boolean corked =
                has(Linux.MSG_FASTOPEN) && has(Linux.MSG_MORE) && ours.split(", ", 2)[0].equals(c.split(", ", 2)[0]);
        // write() is a channel's: it writes all or throws, and the position says how far it came
        boolean all = form == Form.SEVERAL
                && state.equals("LARGE")
                && mode == Mode.TIMED
                && c.equals("part")
                && ours.equals("-" + Linux.EAGAIN);
        return polled || corked || all;
    }

    private boolean acceptsReceive(String c, String ours) {
        // recv(2) that has something takes an error with it, which nobody sees then; ours leaves it for the next call
        boolean low = state.startsWith("LOW");
        boolean kept = type == Type.UNIX_STREAM
                && (low || has(Linux.MSG_WAITALL))
                && state.endsWith("_LATER_RESET")
                && c.endsWith(", then 0")
                && ours.equals(c.replace(", then 0", ", then -" + Linux.ECONNRESET));
        // what a plain receive does not see, descriptors that are thrown away, does not end it
        boolean unseen = type == Type.UNIX_STREAM
                && has(Linux.MSG_WAITALL)
                && state.equals("RIGHTS")
                && !form.isMessage()
                && ours.equals("waits");
        // a recv(2) that has taken a part of its SO_RCVLOWAT, or has room for less, sleeps on when what it wants comes:
        // TCP
        // wakes nobody for fewer unread bytes than SO_RCVLOWAT (seen on 6.18); ours looks from time to time
        boolean asleep = type == Type.TCP && low && isLater() && c.equals("waits") && ours.startsWith("6");
        return kept || unseen || asleep;
    }

    private static String names(int flags) {
        StringBuilder names = new StringBuilder();
        FLAGS.forEach((name, value) -> {
            if ((flags & value) != 0) {
                names.append(names.isEmpty() ? "" : "|").append(name);
            }
        });
        return names.isEmpty() ? "-" : names.toString();
    }

    @Override
    public String toString() {
        return (sends ? "send " : "recv ") + type + " " + state + " " + mode + " " + names(flags) + " " + form
                + (virtual ? " on a virtual thread" : "");
    }
}
