package io.sockfd.fuzz;

import io.sockfd.netlink.NetlinkTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs each target for some seconds, in a JVM of its own; ends with 1 when one of them found something. */
public final class Fuzz {
    private static final List<Class<?>> TARGETS =
            List.of(PacketTarget.class, PcapTarget.class, BpfTarget.class, FilterTarget.class, NetlinkTarget.class);

    private Fuzz() {}

    /** The argument: seconds for each, 30 without one. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        boolean good = true;
        for (Class<?> target : TARGETS) {
            Path corpus = Files.createDirectories(Path.of("java", "fuzz", "target", "corpus", target.getSimpleName()));
            int status = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "com.code_intelligence.jazzer.Jazzer",
                            "--target_class=" + target.getName(),
                            "--instrumentation_includes=io.sockfd.**",
                            "-max_total_time=" + seconds,
                            corpus.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            System.out.println(target.getSimpleName() + (status == 0 ? ": nothing found" : ": status " + status));
            good &= status == 0;
        }
        System.exit(good ? 0 : 1);
    }
}
