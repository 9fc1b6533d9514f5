package io.sockfd.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sockfd.cli.Child;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code doctor} on the backend of this leg. */
class DoctorIT {
    private static final String PROVIDER =
            "-Djava.nio.channels.spi.SelectorProvider=io.sockfd.nio.SockfdSelectorProvider";

    private static JsonObject document(Child.Result result) {
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }

    private static JsonObject named(JsonArray array, String name) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(one -> one.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + array));
    }

    @Test
    void tellsThatTheChannelsOfTheJvmAreThisLibrarys() throws Exception {
        List<String> options = Child.nativeAccess("-Dsockfd.backend=" + Child.backend(), PROVIDER);
        Child.Result result = Child.java(options, "doctor", "--json");
        assertEquals(0, result.status(), result.err());
        JsonObject channels = document(result).getAsJsonObject("channels");
        assertEquals(
                "io.sockfd.nio.SockfdSelectorProvider", channels.get("provider").getAsString());
        assertFalse(channels.has("remedy"));
    }

    @Test
    void jsonTellsBackendSocketsFeaturesAndLimits() throws Exception {
        Child.Result result = Child.sockfd("doctor", "--json");
        assertEquals(0, result.status(), result.err());
        JsonObject document = document(result);
        assertEquals("sockfd-doctor/1", document.get("schema").getAsString());
        assertTrue(document.get("usable").getAsBoolean());
        JsonObject backend = document.getAsJsonObject("backend");
        assertEquals(Child.backend(), backend.get("name").getAsString());
        assertEquals(
                "-Dsockfd.backend=" + Child.backend(), backend.get("reason").getAsString());
        assertEquals(
                Runtime.version().toString(),
                document.getAsJsonObject("jdk").get("version").getAsString());
        JsonObject channels = document.getAsJsonObject("channels");
        assertEquals(
                "sun.nio.ch.EPollSelectorProvider", channels.get("provider").getAsString());
        assertEquals(PROVIDER, channels.get("remedy").getAsString());

        JsonArray sockets = document.getAsJsonArray("sockets");
        Set<String> kinds = StreamSupport.stream(sockets.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(one -> one.get("family").getAsString() + one.get("type") + one.get("protocol"))
                .collect(Collectors.toSet());
        assertTrue(kinds.size() >= 30, () -> kinds.size() + " kinds");
        assertEquals("works", named(sockets, "TCP over IPv4").get("state").getAsString());
        for (JsonElement socket : sockets) {
            JsonObject one = socket.getAsJsonObject();
            boolean works = one.get("state").getAsString().equals("works");
            assertEquals(works, !one.has("reason"), one.toString());
            assertTrue(works || one.get("state").getAsString().startsWith("E"), one.toString());
        }

        JsonArray features = document.getAsJsonArray("features");
        assertTrue(features.size() >= 10, features.toString());
        assertEquals("works", named(features, "SO_REUSEPORT").get("state").getAsString());
        assertEquals("works", named(features, "timerfd").get("state").getAsString());
    }

    @Test
    @Tag("once")
    void limitsAreThoseOfTheKernel() throws Exception {
        JsonArray limits = document(Child.sockfd("doctor", "--json")).getAsJsonArray("limits");
        String name = "net.core.somaxconn";
        Child.Result kernel = Child.run(List.of("cat", "/proc/sys/net/core/somaxconn"), Map.of(), Path.of("/"));
        JsonObject limit = named(limits, name);
        assertEquals(kernel.out().strip(), limit.get("value").getAsString());
        for (JsonElement one : limits) {
            boolean bad = Set.of("low", "high")
                    .contains(one.getAsJsonObject().get("state").getAsString());
            assertEquals(bad, one.getAsJsonObject().has("remedy"), one.toString());
        }
    }

    @Test
    void layoutsAreThoseOfTheHeaders() throws Exception {
        JsonObject document = document(Child.sockfd("doctor", "--json"));
        JsonObject jni = named(document.getAsJsonObject("backend").getAsJsonArray("loadable"), "jni");
        JsonObject abi = document.getAsJsonObject("abi");
        if (jni.get("loads").getAsBoolean()) {
            assertEquals("ok", abi.get("state").getAsString(), abi.toString());
            assertTrue(abi.get("checked").getAsInt() > 1000, abi.toString());
        } else {
            assertEquals("unknown", abi.get("state").getAsString(), abi.toString());
        }
    }

    @Test
    @Tag("once")
    void tablesAreWithoutColoursWhereNobodySeesThem() throws Exception {
        Child.Result result = Child.sockfd("doctor", "-v");
        assertEquals(0, result.status(), result.err());
        assertFalse(result.out().contains("\033"), result.out());
        assertTrue(result.out().lines().allMatch(line -> line.length() <= 80), result.out());
        assertTrue(result.out().contains("sockfd works here on backend " + Child.backend() + "."), result.out());
        List<String> lines = result.out().lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.matches("  works +TCP over IPv4 +AF_INET SOCK_STREAM IPPROTO_TCP")),
                result.out());
    }

    /** What does not work and what to do, on one screen; what works is counted. */
    @Test
    @Tag("once")
    void theSummaryFitsAScreen() throws Exception {
        JsonObject document = document(Child.sockfd("doctor", "--json"));
        Child.Result result = Child.sockfd("doctor");
        assertEquals(0, result.status(), result.err());
        List<String> lines = result.out().lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), result.out());
        assertTrue(lines.size() < 24, result.out()); // a line is left for the prompt
        for (JsonElement feature : document.getAsJsonArray("features")) {
            JsonObject one = feature.getAsJsonObject();
            boolean works = one.get("state").getAsString().equals("works");
            String row = " +" + one.get("state").getAsString() + " +"
                    + Pattern.quote(one.get("name").getAsString()) + " .*";
            assertEquals(!works, lines.stream().anyMatch(line -> line.matches(row)), result.out());
        }
        for (JsonElement limit : document.getAsJsonArray("limits")) {
            JsonObject one = limit.getAsJsonObject();
            if (one.has("remedy")) {
                assertTrue(result.out().contains(one.get("remedy").getAsString()), result.out());
            }
        }
        assertFalse(result.out().contains("TCP over IPv4"), result.out());
    }

    @Test
    @Tag("once")
    void withoutABackendItSaysWhyAndFails() throws Exception {
        List<String> options = Child.nativeAccess("-Dsockfd.backend=nonsense");
        Child.Result result = Child.java(options, "doctor", "--json");
        assertEquals(1, result.status(), result.err());
        JsonObject document = document(result);
        assertFalse(document.get("usable").getAsBoolean());
        assertFalse(document.getAsJsonObject("backend").has("name"));
        assertTrue(
                document.getAsJsonObject("backend").get("reason").getAsString().contains("no such backend"));
    }
}
