package io.sockfd.cli.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code doctor} found. The names of the components are those of the JSON document; a component that does not
 * apply is null and left out there.
 *
 * @param schema changes when the meaning of a name does
 * @param usable a backend loads, and TCP or UNIX sockets open
 */
record Report(
        String schema,
        String version,
        boolean usable,
        BackendState backend,
        Jdk jdk,
        Channels channels,
        Machine machine,
        Abi abi,
        Privileges privileges,
        List<SocketState> sockets,
        List<FeatureState> features,
        List<Limit> limits) {

    /**
     * @param name null when none can be used, and {@code reason} says why
     * @param loadable every backend, whether it can be loaded here, and if not why
     */
    record BackendState(
            @Nullable String name, String reason, @Nullable String way, List<Loadable> loadable) {}

    record Loadable(String name, boolean loads, @Nullable String problem) {}

    record Jdk(String version, String vendor, String home) {}

    /**
     * @param provider the class that makes the channels of {@code java.nio} in this JVM
     * @param remedy how to have them made by this library, null when they are
     */
    record Channels(String provider, @Nullable String remedy) {}

    /** @param libcVersion null where the file of the C library does not tell */
    record Machine(
            String kernel,
            String architecture,
            String libc,
            @Nullable String libcVersion,
            String libcFile) {}

    /**
     * @param state {@code ok}, {@code differs} or {@code unknown}
     * @param checked how many sizes, offsets and constants were compared
     */
    record Abi(String state, int checked, String detail, List<String> differences) {}

    /** @param pingGroups the groups that may open ICMP datagram sockets, as the kernel prints them */
    record Privileges(
            @Nullable Integer uid,
            @Nullable Integer euid,
            @Nullable Boolean capNetRaw,
            @Nullable Boolean capNetAdmin,
            @Nullable String pingGroups) {}

    /**
     * @param state {@code works} or the name of the error
     * @param reason what the error means here, null when it works
     */
    record SocketState(
            String name,
            String family,
            String type,
            String protocol,
            String state,
            @Nullable String reason) {
        boolean works() {
            return state.equals(WORKS);
        }
    }

    /** @param state {@code works}, the name of an error, or {@code off} */
    record FeatureState(String name, String state, String detail) {
        boolean works() {
            return state.equals(WORKS);
        }
    }

    /**
     * @param state {@code ok}, {@code low}, {@code high} or {@code unknown} (not visible here)
     * @param remedy the command that mends it, null where there is nothing to mend
     */
    record Limit(
            String name,
            @Nullable String value,
            String state,
            String wanted,
            String why,
            @Nullable String remedy) {
        boolean bad() {
            return state.equals("low") || state.equals("high");
        }
    }

    static final String WORKS = "works";
}
