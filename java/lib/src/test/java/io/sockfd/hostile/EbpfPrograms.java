package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.outcome;
import static io.sockfd.hostile.Program.refused;

import io.sockfd.ErrnoException;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Maps of which the kernel reads and writes other sizes than one would think, and buffers that change under a call. */
final class EbpfPrograms {
    private static final int TYPES = 64;
    private static final Set<String> REFUSALS = Set.of(
            "fine",
            "java.lang.IllegalArgumentException",
            "java.lang.IndexOutOfBoundsException",
            "java.nio.BufferOverflowException",
            "java.nio.channels.ClosedChannelException");

    private EbpfPrograms() {}

    static List<Program> all() {
        return List.of(
                of("maps with a value for each processor", EbpfPrograms::perProcessor),
                of("maps of all types are read and written", EbpfPrograms::types),
                of("maps of sizes that do not fit", EbpfPrograms::sizes),
                of("a map's key and value move under a call", EbpfPrograms::moves),
                of("a map is closed under its users", EbpfPrograms::closedUnder),
                of("a program runs with a frame that moves", EbpfPrograms::frame));
    }

    private static Program of(String name, Program.Body body) {
        return new Program(name, Program.XDP, body);
    }

    private static void perProcessor() {
        for (int type : new int[] {
            Linux.BPF_MAP_TYPE_PERCPU_ARRAY,
            Linux.BPF_MAP_TYPE_PERCPU_HASH,
            Linux.BPF_MAP_TYPE_LRU_PERCPU_HASH,
            Linux.BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE
        }) {
            Exception ignored = refused(
                    IllegalArgumentException.class,
                    () -> EbpfMap.create(type, 16, 8, 1, 0).close());
        }
    }

    /** Between other memory: whatever the kernel writes, it writes into the map's own. */
    private static void types() throws Exception {
        List<Zone> zones = new ArrayList<>();
        for (int type = 0; type < TYPES; type++) {
            for (int[] sizes : new int[][] {{4, 4}, {4, 8}, {8, 24}, {16, 8}, {0, 4}, {4, 1000}}) {
                int which = type;
                zones.add(new Zone(true));
                String ignored = outcome(() -> {
                    try (EbpfMap map = EbpfMap.create(which, sizes[0], sizes[1], 4, 0)) {
                        zones.add(new Zone(true));
                        use(map);
                    }
                });
            }
        }
        for (Zone zone : zones) {
            zone.checkAround();
        }
    }

    private static void use(EbpfMap map) {
        ByteBuffer key = ByteBuffer.allocateDirect(map.keySize());
        ByteBuffer value = ByteBuffer.allocateDirect(map.valueSize());
        for (Program.Body body : List.<Program.Body>of(
                () -> map.update(key.clear(), value.clear(), Linux.BPF_ANY),
                () -> map.lookup(key.clear(), value.clear()),
                () -> map.nextKey(null, key.clear()),
                () -> map.nextKey(key.clear(), key.duplicate()),
                map::keys,
                () -> map.get(0),
                () -> map.put(0, -1),
                () -> map.remove(0),
                () -> map.delete(key.clear()))) {
            String ignored = outcome(body);
        }
    }

    private static void sizes() throws Exception {
        for (int size : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 64, 1 << 30}) {
            for (Program.Body body : List.<Program.Body>of(
                    () -> EbpfMap.array(size, 1).close(),
                    () -> EbpfMap.hash(size, 8, 1).close(),
                    () -> EbpfMap.hash(8, size, 1).close())) {
                try {
                    body.run();
                } catch (ErrnoException | IllegalArgumentException | OutOfMemoryError e) {
                    check(e.getMessage() != null, "no word");
                }
            }
        }
    }

    private static void moves() throws Exception {
        try (EbpfMap map = EbpfMap.hash(8, 256, 8)) {
            Zone zone = new Zone(true);
            ByteBuffer key = zone.buffer.slice(0, 8);
            ByteBuffer value = zone.buffer.slice(512, 256);
            Set<String> outcomes = ConcurrentHashMap.newKeySet();
            RacePrograms.beside(
                    () -> {
                        outcomes.add(outcome(() -> map.update(key.clear(), value.clear(), Linux.BPF_ANY)));
                        outcomes.add(outcome(() -> map.lookup(key.clear(), value.clear())));
                        outcomes.add(outcome(() -> map.nextKey(key.clear(), key)));
                        zone.checkAround();
                    },
                    () -> {
                        key.clear().position(ThreadLocalRandom.current().nextInt(9));
                        value.clear().position(ThreadLocalRandom.current().nextInt(257));
                    });
            check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
        }
    }

    private static void closedUnder() throws Exception {
        for (int i = 0; i < 20; i++) {
            EbpfMap map = EbpfMap.array(8, 16);
            Set<String> outcomes = ConcurrentHashMap.newKeySet();
            Thread user = new Thread(() -> {
                while (map.isOpen()) {
                    outcomes.add(outcome(() -> map.put(3, 7)));
                    outcomes.add(outcome(() -> map.get(3)));
                }
            });
            user.start();
            Thread.sleep(1);
            map.close();
            user.join();
            check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
        }
    }

    private static void frame() throws Exception {
        try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, EbpfAssembler.assemble("r0 = 2\nexit"))) {
            ByteBuffer frame = ByteBuffer.allocateDirect(4096);
            RacePrograms.beside(
                    () -> {
                        String ignored = outcome(() -> program.run(frame));
                    },
                    () -> {
                        int from = ThreadLocalRandom.current().nextInt(4096);
                        frame.clear().position(from);
                    });
        }
    }
}
