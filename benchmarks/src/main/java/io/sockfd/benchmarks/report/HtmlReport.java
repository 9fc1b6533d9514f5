package io.sockfd.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One page with everything in it, Chart.js (MIT licence) too: it works as a file, without a network. */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(Results results) {
        return resource("page.html")
                .replace("/*colours*/", colours())
                .replace("/*style*/", resource("page.css"))
                .replace("/*data*/", data(results))
                .replace("/*chart.js*/", resource("chart.umd.min.js"))
                .replace("/*script*/", resource("page.js"));
    }

    /** A {@link Curve} with the names of its rows. */
    private record Drawn(String title, String axis, List<String> rows, List<String> words) {}

    private static List<String> ids(List<Result> rows) {
        return rows.stream().map(Result::row).toList();
    }

    private static String colours() {
        return ":root {" + Family.variables(false) + "}\n@media (prefers-color-scheme: dark) { :root {"
                + Family.variables(true) + "} }";
    }

    /** JSON that can stand in a script element. */
    private static String data(Results results) {
        JsonObject families = new JsonObject();
        List<Who> hollow = new ArrayList<>();
        for (Who who : Who.values()) {
            families.addProperty(who.name(), Family.of(who).id());
            if (!Family.isFirst(who)) {
                hollow.add(who);
            }
        }
        Gson gson = new Gson(); // escapes < and >
        JsonObject data = new JsonObject();
        data.add("results", gson.toJsonTree(results));
        data.add("families", families);
        data.add("hollow", gson.toJsonTree(hollow));
        data.add("headlines", gson.toJsonTree(ids(results.headlines())));
        data.add(
                "curves",
                gson.toJsonTree(Curve.of(results.rows()).stream()
                        .map(curve -> new Drawn(curve.title(), curve.axis(), ids(curve.rows()), curve.words()))
                        .toList()));
        return gson.toJson(data);
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar of the benchmarks has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
