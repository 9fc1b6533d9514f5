package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.packet.LinkType;
import io.sockfd.packet.Packet;
import io.sockfd.packet.RandomFrames;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wireshark's reading of random frames is ours: every layer, and every field that a view has, through tunnels in tunnels, of
 * frames that are whole, cut at any length, and changed in a bit. {@code -Dsockfd.grid=true} takes 60,000 frames.
 *
 * <p>Differences by choice are those over what was cut. Of a header, Wireshark shows the fields before the cut, and the library
 * none: {@link #isCutHeader}. Of a message of DHCP or a query of IGMP 3 it is the other way round, and so it is of one byte of
 * padding that was the last to be captured: {@link #isLess}.
 */
@Tag("once")
@Tag("grid")
class TsharkFieldsIT {
    private static final int FRAMES =
            Integer.getInteger("sockfd.grid.rows", Boolean.getBoolean("sockfd.grid") ? 60_000 : 1_500);
    private static final long SEED = Long.getLong("sockfd.grid.seed", 23);
    /** Fewer would say that something is not generated any more. */
    private static final int FIELDS = 238;
    /** Most frames are of the first. */
    private static final int[] LINK_TYPES = {
        LinkType.EN10MB, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.RAW, LinkType.LOOP
    };

    private static final Set<String> LAYERS = Set.of(
            ("eth sll vlan ieee8021ad llc mpls pppoes pppoed arp ip ipv6 ah icmp icmpv6 igmp tcp udp gre vxlan geneve dns dhcp"
                            + " dhcpv6")
                    .split(" "));
    /** Lists in a header: when it is cut, Wireshark may show more than one of their elements. */
    private static final Set<String> LISTS = Set.of(
            ("tcp.option_kind tcp.option_len tcp.options.sack_le tcp.options.sack_re ip.opt.type ip.opt.len ip.opt.ptr"
                            + " ipv6.opt.type ipv6.opt.length ipv6.routing.src.addr ipv6.routing.srh.addr")
                    .split(" "));

    @TempDir
    static Path temp;

    /** What was captured of a frame of so many bytes. */
    private record Captured(int linkType, ByteBuffer bytes, int length) {
        boolean isCut() {
            return bytes.remaining() < length;
        }
    }

    private List<Captured> frames() {
        RandomFrames random = new RandomFrames(SEED);
        Random dice = new Random(SEED);
        List<Captured> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            int linkType = LINK_TYPES[i % 3 != 0 ? 0 : i / 3 % LINK_TYPES.length];
            ByteBuffer frame = random.next(linkType);
            int length = frame.remaining();
            boolean hasNames = PacketFields.of(packet.wrap(frame, linkType)).containsKey("dns.id");
            if (i % 7 == 0 && !hasNames) { // a sum is wrong: the last byte belongs to what is summed
                frame.put(length - 1, (byte) (frame.get(length - 1) ^ 1));
            }
            ByteBuffer bytes = i % 2 == 0 ? frame : frame.limit(dice.nextInt(length + 1));
            frames.add(new Captured(linkType, bytes, length));
        }
        return frames;
    }

    private final Packet packet = new Packet();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, String> first = new TreeMap<>();
    private int compared;
    private int ofCutHeaders;

    @Test
    void everyFieldIsAsTsharkReadsIt() throws Exception {
        Tshark.require("tshark");
        List<Captured> frames = frames();
        Path file = temp.resolve("frames.pcapng");
        write(file, frames);
        Set<String> fields = new TreeSet<>();
        for (Captured frame : frames) {
            fields.addAll(ours(frame).keySet());
        }
        Path out = temp.resolve("fields");
        Tshark.fields(file, out, fields);
        try (BufferedReader lines = Files.newBufferedReader(out)) {
            for (int i = 0; i < frames.size(); i++) {
                String line = lines.readLine();
                assertNotNull(line, "tshark ended after " + i + " frames");
                compare(i + 1, frames.get(i), fields, line);
            }
        }
        String counts = frames.size() + " frames, " + fields.size() + " fields, " + compared + " values; of "
                + ofCutHeaders + " frames tshark reads the beginning of a header that was cut";
        if (Boolean.getBoolean("sockfd.grid")) {
            System.out.println("tshark: " + counts + "; " + kinds + " differ");
        }
        StringBuilder differences = new StringBuilder(counts);
        kinds.forEach(
                (kind, n) -> differences.append('\n').append(n).append(' ').append(first.get(kind)));
        assertTrue(kinds.isEmpty(), differences::toString);
        assertTrue(fields.size() >= FIELDS, counts);
    }

    private Map<String, List<String>> ours(Captured frame) {
        return PacketFields.of(packet.wrap(frame.bytes(), frame.linkType(), frame.length()));
    }

    private void compare(int number, Captured frame, Set<String> fields, String line) {
        String[] columns = line.split("\t", -1);
        assertEquals(fields.size(), columns.length, line);
        Map<String, List<String>> ours = ours(frame);
        Map<String, List<String>> theirs = new TreeMap<>();
        int column = 0;
        for (String field : fields) {
            theirs.put(field, values(field, columns[column++]));
        }
        boolean cutHeader = frame.isCut() && isCutHeader(ours, theirs);
        ofCutHeaders += cutHeader ? 1 : 0;
        for (String field : fields) {
            List<String> mine = ours.getOrDefault(field, List.of());
            List<String> other = theirs.getOrDefault(field, List.of());
            compared += mine.size();
            boolean byChoice = cutHeader || (frame.isCut() && isLess(field, mine, other));
            if (!byChoice && !mine.equals(other)) {
                kinds.merge(field, 1, Integer::sum);
                first.putIfAbsent(
                        field,
                        field + " of frame " + number + ": ours " + mine + ", tshark's " + other + ", of " + packet);
            }
        }
    }

    /**
     * Whether tshark has more in one layer only, the last, and there one value more of a field. All before it is equal. (That
     * a field was read before the cut is for the library to say, and {@code FuzzTest} asks it.)
     */
    private static boolean isCutHeader(Map<String, List<String>> ours, Map<String, List<String>> theirs) {
        List<String> layers = theirs.getOrDefault(PacketFields.LAYERS, List.of());
        if (layers.isEmpty()) {
            return ours.isEmpty();
        }
        String last = layers.get(layers.size() - 1);
        boolean any = false;
        for (Map.Entry<String, List<String>> field : theirs.entrySet()) {
            List<String> mine = ours.getOrDefault(field.getKey(), List.of());
            List<String> more = field.getValue();
            if (!mine.equals(more)) {
                any = true;
                boolean begins = mine.size() < more.size()
                        && more.subList(0, mine.size()).equals(mine);
                boolean ofTheLast = field.getKey().equals(PacketFields.LAYERS) || belongs(field.getKey(), last);
                boolean one = more.size() == mine.size() + 1 || LISTS.contains(field.getKey());
                if (!begins || !ofTheLast || !one) {
                    return false;
                }
            }
        }
        return any;
    }

    /** What tshark leaves out when the rest was cut: the library has it. */
    private static boolean isLess(String field, List<String> mine, List<String> theirs) {
        boolean message = (field.startsWith("dhcp.") || field.startsWith("igmp.")) && theirs.isEmpty();
        boolean padding = field.equals("ipv6.opt.type")
                && endsWith(mine, "0x00")
                && theirs.equals(mine.subList(0, mine.size() - 1));
        return message || padding;
    }

    private static boolean endsWith(List<String> values, String last) {
        return !values.isEmpty() && values.get(values.size() - 1).equals(last);
    }

    private static boolean belongs(String field, String layer) {
        return switch (layer) {
            case "pppoes", "pppoed" -> field.startsWith("pppoe.") || field.startsWith("ppp.");
            // the version is a field of both
            case "ipv6" -> field.startsWith("ipv6.") || field.equals("ip.version");
            default -> field.startsWith(layer + ".");
        };
    }

    private static List<String> values(String field, String column) {
        if (column.isEmpty()) {
            return List.of();
        }
        if (field.equals(PacketFields.LAYERS)) {
            String layers = column.replace("igmp:igmp", "igmp"); // a dissector of its own for each version
            return Arrays.stream(layers.split(":")).filter(LAYERS::contains).toList();
        }
        return List.of(column.split(Tshark.AGGREGATOR_PATTERN, -1));
    }

    private static void write(Path file, List<Captured> frames) throws IOException {
        List<Integer> interfaces = Arrays.stream(LINK_TYPES).boxed().toList();
        try (PcapWriter writer = PcapWriter.open(file, PcapFormat.pcapng(), LINK_TYPES[0])) {
            for (int i = 1; i < LINK_TYPES.length; i++) {
                writer.addInterface(LINK_TYPES[i]);
            }
            for (Captured frame : frames) {
                int id = interfaces.indexOf(frame.linkType());
                writer.write(id, 1_700_000_000_000_000_000L, frame.bytes(), frame.length());
            }
        }
    }
}
