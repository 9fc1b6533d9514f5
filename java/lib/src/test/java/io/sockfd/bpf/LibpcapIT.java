package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.packet.LinkType;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expressions take the packets that the libpcap of this machine takes, are refused where it refuses them, and are about as
 * long. {@code -Dsockfd.grid=true} compares 50,000 of them over 5,000 packets each.
 */
@Tag("once")
@Tag("grid")
class LibpcapIT {
    private static final boolean GRID = Boolean.getBoolean("sockfd.grid");
    private static final int EXPRESSIONS = Integer.getInteger("sockfd.grid.rows", GRID ? 50_000 : 1_000);
    private static final int PACKETS = GRID ? 5_000 : 200;
    /** At the end of a difference: ours takes none of the packets. */
    private static final String NOTHING = ", and none is";

    private static final Pattern BY_A_FIELD = Pattern.compile("(<<|>>|/|%) *[-(a-z]");
    private static final Pattern DIVIDES_OR_SHIFTS = Pattern.compile("<<|>>|/|%");

    private static final Pattern AT_A_FIELD = Pattern.compile("\\[[^]]*[-(a-z]");
    private static final Pattern ANY_TUNNEL_FIRST = Pattern.compile("^\\W*geneve(?! *\\d)");
    private static final Pattern UNLESS = Pattern.compile("not|!|\\bor\\b|\\|\\|");
    private static final Pattern BEFORE_A_TUNNEL =
            Pattern.compile("mpls|\\b(iso|clnp|es-?is|is-?is|stp|ipx|netbeui|llc|l1|l2|iih|lsp|[cp]?snp)\\b");
    private static final int TAIL = 600;
    private static final long SEED = Long.getLong("sockfd.grid.seed", 17);

    private static final Map<Framing, Integer> LINKS = Map.of(
            Framing.ETHERNET, LinkType.EN10MB,
            Framing.RAW_IP, 12, // DLT_RAW of Linux
            Framing.LINUX_SLL, LinkType.LINUX_SLL,
            Framing.LINUX_SLL2, LinkType.LINUX_SLL2,
            Framing.LOOP, LinkType.LOOP,
            Framing.NULL, LinkType.NULL,
            Framing.PPP, LinkType.PPP,
            Framing.PPP_HDLC, LinkType.PPP_HDLC,
            Framing.PPP_ETHER, LinkType.PPP_ETHER,
            Framing.C_HDLC, LinkType.C_HDLC);

    @TempDir
    static Path temp;

    private static Path oracle;

    @BeforeAll
    static void build() throws Exception {
        Path source = temp.resolve("oracle.c");
        try (InputStream text = LibpcapIT.class.getResourceAsStream("libpcap_oracle.c")) {
            Files.copy(Objects.requireNonNull(text), source);
        }
        oracle = temp.resolve("oracle");
        boolean built;
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-O2", "-o", oracle.toString(), source.toString(), "-l:libpcap.so.0.8")
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("cc").toFile())
                    .start();
            built = compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0;
        } catch (IOException e) {
            built = false;
        }
        assumeTrue(built, "no cc or no libpcap.so.0.8 here (Debian: apt-get install gcc libpcap0.8)");
    }

    /** What libpcap makes of an expression: the length of its program and which packets that takes, or an error. */
    private record Answer(int length, String taken, String error) {
        static Answer of(String line) {
            if (line.startsWith("E ")) {
                return new Answer(0, "", line.substring(2));
            }
            String[] words = line.split(" ", -1);
            return new Answer(Integer.parseInt(words[0]), words.length > 1 ? words[1] : "", "");
        }
    }

    /** What the link carries; with {@code tail} nothing of it was cut, so that no load of a filter is outside. */
    private static List<byte[]> packets(Framing link, int tail, Path file) throws IOException {
        return packets(link, tail, file, PACKETS);
    }

    private static List<byte[]> packets(Framing link, int tail, Path file, int count) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        Traffic traffic = new Traffic(SEED);
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
            for (int i = 0; i < count; i++) {
                byte[] packet = traffic.next(link);
                packet = Arrays.copyOf(packet, packet.length + tail);
                packets.add(packet);
                out.write(head.putInt(0, packet.length).putInt(4, packet.length).array());
                out.write(packet);
            }
        }
        return packets;
    }

    private static List<Answer> ask(int dlt, Path packets, List<String> expressions) throws Exception {
        Path questions = temp.resolve("questions");
        try (Writer writer = Files.newBufferedWriter(questions)) {
            for (String expression : expressions) {
                writer.write(dlt + "\t" + expression + "\n");
            }
        }
        Process process = new ProcessBuilder(oracle.toString(), packets.toString())
                .redirectInput(questions.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Answer> answers = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().map(Answer::of).forEach(answers::add);
        } finally {
            process.destroyForcibly();
        }
        assertEquals(
                expressions.size(),
                answers.size(),
                () -> "libpcap came to an end at " + expressions.get(Math.min(answers.size(), expressions.size() - 1)));
        return answers;
    }

    private static String taken(Interpreter interpreter, List<byte[]> packets) {
        StringBuilder digits = new StringBuilder(PACKETS / 4);
        int digit = 0;
        for (int i = 0; i < packets.size(); i++) {
            digit = digit << 1 | (interpreter.matches(ByteBuffer.wrap(packets.get(i))) ? 1 : 0);
            if (i % 4 == 3) {
                digits.append(Character.forDigit(digit, 16));
                digit = 0;
            }
        }
        return digits.toString();
    }

    /** How ours is different, empty when it is not. */
    private static String difference(Framing link, String expression, Answer theirs, List<byte[]> packets) {
        Interpreter ours;
        try {
            ours = new Interpreter(
                    FilterExpression.compile(expression, link, FilterExpression.WHOLE_PACKET, 0xffffff00));
        } catch (BpfException e) {
            return theirs.error.isEmpty() ? "refused: " + e.getMessage() : "";
        }
        if (!theirs.error.isEmpty()) {
            boolean nothing = taken(ours, packets).chars().allMatch(c -> c == '0');
            return "taken, and libpcap says: " + theirs.error + (nothing ? NOTHING : "");
        }
        String taken = taken(ours, packets);
        if (taken.equals(theirs.taken)) {
            return "";
        }
        int at = 0;
        while (taken.charAt(at) == theirs.taken.charAt(at)) {
            at++;
        }
        int packet = at * 4;
        int digit = Character.digit(taken.charAt(at), 16) ^ Character.digit(theirs.taken.charAt(at), 16);
        packet += Integer.numberOfLeadingZeros(digit) - 28;
        return "packet " + packet + " is " + (ours.matches(ByteBuffer.wrap(packets.get(packet))) ? "" : "not ")
                + "taken, others: " + HexFormat.of().formatHex(packets.get(packet));
    }

    @Test
    void takesWhatLibpcapTakesAndRefusesWhatItRefuses() throws Exception {
        List<Framing> links = LINKS.keySet().stream().sorted().toList();
        List<String> wrong = new ArrayList<>();
        int telling = 0;
        int refused = 0;
        int cut = 0;
        for (Framing link : links) {
            int share = link == Framing.ETHERNET ? EXPRESSIONS / 2 : EXPRESSIONS / 2 / (links.size() - 1);
            Expressions generator = new Expressions(SEED + LINKS.getOrDefault(link, 0));
            List<String> expressions = new ArrayList<>();
            for (int i = 0; i < share; i++) {
                expressions.add(generator.next());
            }
            Path file = temp.resolve(link + ".packets");
            List<byte[]> packets = packets(link, 0, file);
            List<Answer> answers = ask(LINKS.getOrDefault(link, 0), file, expressions);
            List<String> different = new ArrayList<>();
            for (int i = 0; i < share; i++) {
                Answer theirs = answers.get(i);
                String difference = difference(link, expressions.get(i), theirs, packets);
                if (difference.startsWith("packet ")) {
                    different.add(expressions.get(i));
                } else if (!difference.isEmpty() && !isKnown(link, expressions.get(i), difference, theirs)) {
                    wrong.add(link + "\t" + expressions.get(i) + "\t" + difference);
                }
                refused += theirs.error.isEmpty() ? 0 : 1;
                telling += theirs.taken.chars().distinct().count() > 1 ? 1 : 0;
            }
            wrong.addAll(ofWhole(link, different));
            cut += different.size();
        }
        int differ = wrong.size();
        System.out.println(cut + " differ over what was cut, where one reads a byte that the other does not ask for; "
                + differ + " differ in other ways");
        System.out.println(EXPRESSIONS + " expressions over " + PACKETS + " packets: " + telling
                + " take some and leave some, " + refused + " are refused, " + wrong.size() + " differ");
        if (GRID) {
            Files.write(Path.of("target", "libpcap-differences.txt"), wrong);
        }
        assertTrue(
                wrong.isEmpty(),
                () -> wrong.size() + " differ:\n" + String.join("\n", wrong.subList(0, Math.min(40, wrong.size()))));
        assertTrue(telling > EXPRESSIONS / 4, telling + " take some packets and leave some");
        assertTrue(refused > EXPRESSIONS / 20, refused + " are refused");
    }

    /** The libpcap of 2023 does not know the word: it is asked for the bytes that make VXLAN, over IPv4 and IPv6. */
    @Test
    void vxlanIsWhatLibpcapTakesByItsBytes() throws Exception {
        String over4 = "(ip and udp dst port 4789 and udp[8] & 8 = 8";
        String over6 = "(ip6 and udp dst port 4789 and ip6[48] & 8 = 8";
        Map<String, String> same = Map.of(
                "vxlan",
                over4 + ") or " + over6 + ")",
                "not vxlan",
                "not (" + over4 + ") or " + over6 + "))",
                "vxlan 5",
                over4 + " and udp[12:4] & 0xffffff00 = 0x500) or " + over6 + " and ip6[52:4] & 0xffffff00 = 0x500)",
                "vxlan and ip",
                over4 + " and udp[28:2] = 0x800) or " + over6 + " and ip6[68:2] = 0x800)",
                "vxlan and ip6",
                over4 + " and udp[28:2] = 0x86dd) or " + over6 + " and ip6[68:2] = 0x86dd)");
        for (Framing link : List.of(Framing.ETHERNET, Framing.LINUX_SLL, Framing.LINUX_SLL2)) {
            Path file = temp.resolve(link + ".vxlan");
            List<byte[]> packets = packets(link, TAIL, file, 4_000);
            for (Map.Entry<String, String> each : same.entrySet()) {
                Answer theirs = ask(LINKS.getOrDefault(link, 0), file, List.of(each.getValue()))
                        .get(0);
                assertEquals("", theirs.error, each.getValue());
                assertTrue(theirs.taken.chars().distinct().count() > 1, each::getKey);
                assertEquals("", difference(link, each.getKey(), theirs, packets), link + " " + each.getKey());
            }
        }
    }

    /** The differences that are left over packets of which nothing was cut. */
    private static List<String> ofWhole(Framing link, List<String> expressions) throws Exception {
        Path file = temp.resolve(link + ".whole");
        List<byte[]> packets = packets(link, TAIL, file);
        List<Answer> answers = ask(LINKS.getOrDefault(link, 0), file, expressions);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            String expression = expressions.get(i);
            String difference = difference(link, expression, answers.get(i), packets);
            if (!difference.isEmpty() && !isKnown(link, expression, difference, answers.get(i))) {
                wrong.add(link + "\t" + expression + "\t" + difference);
            }
        }
        return wrong;
    }

    /** What differs by choice. */
    private static boolean isKnown(Framing link, String expression, String difference, Answer theirs) {
        if (difference.contains("the expression takes no packet")) {
            return theirs.taken.chars().allMatch(c -> c == '0'); // libpcap does not see all that can never be
        } else if (theirs.error.contains("rejects all packets")) {
            // nor do we; and ours takes the address families of all systems, in both byte orders
            return link == Framing.NULL || link == Framing.LOOP || difference.endsWith(NOTHING);
        } else if (theirs.error.contains("over mpls") || theirs.error.contains("after MPLS")) {
            return expression.contains("geneve"); // libpcap takes what is in the tunnel for what is behind the label
        } else if (theirs.error.equals("division by zero")
                || theirs.error.equals("modulus by zero")
                || theirs.error.equals("shift by more than 31 bits")) {
            return DIVIDES_OR_SHIFTS
                    .matcher(expression)
                    .find(); // its optimizer says so of what never runs; the parser's own are among the refused
        } else if (difference.startsWith("packet ")
                && BY_A_FIELD.matcher(expression).find()) {
            // the kernel takes the low five bits of a shift, libpcap's interpreter makes zero of more; and a division
            // by
            // a field of another protocol, which is zero there, ends its program
            return true;
        } else if (difference.startsWith("packet ")
                && AT_A_FIELD.matcher(expression).find()) {
            return true; // outside of any packet; and libpcap's interpreter takes no negative constant beside X
        } else if (difference.contains("AREA.NODE")) {
            return expression.contains("decnet"); // libpcap takes any address for one of DECnet
        }
        if (!expression.contains("geneve") || !difference.startsWith("packet ")) {
            return false;
        }
        // inside of the tunnel it goes by the label or by the LLC header that was outside; and where it has not come as
        // far
        // as the tunnel, or it is another's, it reads memory that it has not written
        boolean everyTunnel = ANY_TUNNEL_FIRST.matcher(expression).find() && isGeneve(link, difference);
        return BEFORE_A_TUNNEL.matcher(expression).find()
                || (UNLESS.matcher(expression).find() && !everyTunnel);
    }

    /** Whether the packet that a difference shows is one of Geneve. */
    private static boolean isGeneve(Framing link, String difference) {
        byte[] packet = HexFormat.of().parseHex(difference.substring(difference.lastIndexOf(' ') + 1));
        return new Interpreter(FilterExpression.compile("geneve", link, FilterExpression.WHOLE_PACKET, 0xffffff00))
                .matches(ByteBuffer.wrap(packet));
    }
}
