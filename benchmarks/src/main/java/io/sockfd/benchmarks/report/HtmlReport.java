package io.sockfd.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One page with everything in it, Chart.js (MIT licence) too: it works as a file, without a network. */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(Results results) {
        return resource("page.html")
                .replace("/*colours*/", colours())
                .replace("/*style*/", resource("page.css"))
                .replace("<!--picture-->", Picture.of(results.headlines()))
                .replace("/*data*/", data(results))
                .replace("/*chart.js*/", resource("chart.umd.min.js"))
                .replace("/*script*/", resource("page.js"));
    }

    private static String colours() {
        return ":root {" + Family.variables(false) + "}\n@media (prefers-color-scheme: dark) { :root {"
                + Family.variables(true) + "} }";
    }

    /** JSON that can stand in a script element. */
    private static String data(Results results) {
        JsonObject families = new JsonObject();
        for (Who who : Who.values()) {
            families.addProperty(who.name(), Family.of(who).id());
        }
        Gson gson = new Gson(); // escapes < and >
        JsonObject data = new JsonObject();
        data.add("results", gson.toJsonTree(results));
        data.add("families", families);
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
