package io.sockfd.benchmarks.side;

import com.google.gson.Gson;
import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The pinned JVM: measures one row, and writes what it saw as JSON. */
public final class Fork {
    private Fork() {}

    /** Arguments: ROW CONTESTANT,… ROTATION SETTINGS OUTPUT. */
    public static void main(String... args) throws Exception {
        Row row = Operations.row(args[0]);
        List<Who> who = Arrays.stream(args[1].split(",", -1)).map(Who::of).toList();
        Settings settings = new Gson().fromJson(args[3], Settings.class);
        ForkResult result = measure(row, who, settings, Integer.parseInt(args[2]));
        Files.writeString(Path.of(args[4]), new Gson().toJson(result));
        // netty and others leave threads behind
        System.exit(0);
    }

    static ForkResult measure(Row row, List<Who> who, Settings settings, int rotation) throws Exception {
        Pace pace = row.pace();
        if (pace != null) {
            try (Paced paced = new Paced(row, pace, who, settings)) {
                return paced.measure(rotation);
            }
        }
        try (Slices slices = new Slices(row, who, settings)) {
            return slices.measure(rotation);
        }
    }
}
