package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every accessor of every flyweight against the bytes of its field, wherever the compiler's table puts it: a getter reads
 * these bytes in the right order, a setter writes them and no others.
 */
class FlyweightAccessorsTest {
    /** Fields in network byte order. */
    private static final Set<String> BIG_ENDIAN = Set.of(
            "sockaddr_in.sin_port",
            "sockaddr_in.sin_addr",
            "sockaddr_in6.sin6_port",
            "sockaddr_in6.sin6_flowinfo",
            "sockaddr_ll.sll_protocol",
            "in_pktinfo.ipi_spec_dst",
            "in_pktinfo.ipi_addr",
            "ip_mreq.imr_multiaddr",
            "ip_mreq.imr_interface",
            "ip_mreqn.imr_multiaddr",
            "ip_mreqn.imr_address",
            "ip_mreq_source.imr_multiaddr",
            "ip_mreq_source.imr_interface",
            "ip_mreq_source.imr_sourceaddr",
            "ip_msfilter.imsf_multiaddr",
            "ip_msfilter.imsf_interface",
            "in6_flowlabel_req.flr_label",
            "tcp_ao_repair.snt_isn",
            "tcp_ao_repair.rcv_isn",
            "tun_pi.proto",
            "inet_diag_sockid.idiag_sport",
            "inet_diag_sockid.idiag_dport");

    private static final Set<String> LITTLE_ENDIAN = Set.of("sockaddr_l2.l2_psm", "sockaddr_l2.l2_cid");

    private static final Set<String> SIGNED = Set.of("sockaddr_tipc.scope");

    /** Bit fields, which the table cannot know: see FlyweightTest. */
    private static final Set<String> BITS = Set.of(
            "tcpi_snd_wscale",
            "tcpi_rcv_wscale",
            "tcpi_delivery_rate_app_limited",
            "tcpi_fastopen_client_fail",
            "set_current",
            "set_rnext",
            "del_async",
            "ao_required",
            "set_counters",
            "accept_icmps",
            "is_current",
            "is_rnext",
            "get_all");

    /** Structs and variable arrays inside of a struct: they have an offset and no accessor. */
    private static final Map<String, List<String>> NESTED = Map.ofEntries(
            Map.entry("msghdr", List.of("mmsghdr.msg_hdr")),
            Map.entry(
                    "timespec",
                    List.of(
                            "scm_timestamping.ts",
                            "itimerspec.it_interval",
                            "io_uring_sync_cancel_reg.timeout",
                            "itimerspec.it_value")),
            Map.entry("timeval", List.of("bcm_msg_head.ival1", "bcm_msg_head.ival2")),
            Map.entry("sockaddr_in6", List.of("ip6_mtuinfo.ip6m_addr")),
            Map.entry(
                    "sockaddr_storage",
                    List.of(
                            "group_req.gr_group",
                            "group_source_req.gsr_group",
                            "group_source_req.gsr_source",
                            "group_filter.gf_group",
                            "group_filter.gf_slist",
                            "tcp_md5sig.tcpm_addr",
                            "tcp_ao_add.addr",
                            "tcp_ao_del.addr",
                            "tcp_ao_getsockopt.addr",
                            "sctp_paddrparams.spp_address",
                            "sctp_paddrinfo.spinfo_address")),
            Map.entry("sockaddr", List.of("ifreq.ifr_addr", "ifreq.ifr_hwaddr")),
            Map.entry("in_addr", List.of("ip_msfilter.imsf_slist")),
            Map.entry("tpacket_bd_ts", List.of("tpacket_block_desc.ts_first_pkt", "tpacket_block_desc.ts_last_pkt")),
            Map.entry("nlmsghdr", List.of("nlmsgerr.msg")),
            Map.entry("inet_diag_sockid", List.of("inet_diag_req_v2.id", "inet_diag_msg.id")),
            Map.entry(
                    "xdp_ring_offset",
                    List.of(
                            "xdp_mmap_offsets.rx",
                            "xdp_mmap_offsets.tx",
                            "xdp_mmap_offsets.fr",
                            "xdp_mmap_offsets.cr")),
            Map.entry("io_sqring_offsets", List.of("io_uring_params.sq_off")),
            Map.entry("io_cqring_offsets", List.of("io_uring_params.cq_off")),
            Map.entry("sctp_paddrinfo", List.of("sctp_status.sstat_primary")));

    private static final int ROUNDS = 4;

    /** Odd, because the kernel does not align what it puts behind other things. */
    private static final int AT = 5;

    private final Random random = new Random(1);
    private final Map<String, StructTable.Struct> structs;

    FlyweightAccessorsTest() throws IOException {
        structs = StructTable.of(Arch.current()).structs();
    }

    @Test
    void everyFieldHasAnAccessorOrIsAStruct() {
        List<String> nested = NESTED.values().stream().flatMap(List::stream).toList();
        List<String> without = new ArrayList<>();
        structs.forEach((tag, struct) -> struct.fields().keySet().forEach(name -> {
            if (Arrays.stream(struct.flyweight().getMethods())
                    .noneMatch(m -> m.getName().equals(name))) {
                without.add(tag + "." + name);
            }
        }));
        assertEquals(
                nested.stream().sorted().toList(), without.stream().sorted().toList());
    }

    @Test
    void aStructInsideIsAsLongAsItsFlyweight() {
        NESTED.forEach((tag, paths) -> paths.forEach(path -> {
            int dot = path.indexOf('.');
            StructTable.Field field = of(of(structs, path.substring(0, dot)).fields(), path.substring(dot + 1));
            int size = tag.equals("in_addr") ? Integer.BYTES : of(structs, tag).size();
            assertEquals(0, field.size() % size, path);
        }));
    }

    @Test
    void everyAccessorReadsAndWritesItsFieldOnly() {
        int accessors = 0;
        for (StructTable.Struct struct : structs.values()) {
            for (Collection<Method> pair : accessors(struct).values()) {
                for (int i = 0; i < ROUNDS; i++) {
                    pair.stream().filter(m -> m.getReturnType() != void.class).forEach(m -> get(struct, m));
                    pair.stream().filter(m -> m.getReturnType() == void.class).forEach(m -> set(struct, m));
                }
                accessors += pair.size();
            }
        }
        assertTrue(accessors > 1000, "only " + accessors + " accessors were found");
    }

    /** A struct that the kernel writes and programs read has no setters at all, any other has them all. */
    @Test
    void settersAreCompleteOrAbsent() {
        for (StructTable.Struct struct : structs.values()) {
            Map<String, List<Method>> pairs = accessors(struct);
            long complete = pairs.values().stream().filter(p -> p.size() == 2).count();
            assertTrue(complete == 0 || complete == pairs.size(), struct.className());
        }
    }

    private static Map<String, List<Method>> accessors(StructTable.Struct struct) {
        Map<String, List<Method>> pairs = new TreeMap<>();
        for (Method method : struct.flyweight().getDeclaredMethods()) {
            Class<?>[] types = method.getParameterTypes();
            if (types.length > 0 && types[0] == ByteBuffer.class && !BITS.contains(method.getName())) {
                pairs.computeIfAbsent(method.getName(), name -> new ArrayList<>())
                        .add(method);
            }
        }
        return pairs;
    }

    private void get(StructTable.Struct struct, Method getter) {
        StructTable.Field field = of(struct.fields(), getter.getName());
        ByteBuffer b = noise(struct);
        byte[] before = bytes(b, 0, b.capacity());
        if (getter.getReturnType() == byte[].class) {
            assertArrayEquals(
                    bytes(b, AT + field.offset(), field.size()),
                    (byte[]) call(getter, b, AT),
                    () -> path(struct, getter));
        } else if (getter.getParameterCount() == 3) {
            for (int i = 0; i < field.size() / Integer.BYTES; i++) {
                assertEquals(
                        b.getInt(AT + field.offset() + i * Integer.BYTES),
                        call(getter, b, AT, i),
                        path(struct, getter));
            }
        } else {
            assertEquals(
                    expected(struct, getter, b),
                    ((Number) value(call(getter, b, AT))).longValue(),
                    () -> path(struct, getter));
        }
        assertArrayEquals(before, bytes(b, 0, b.capacity()), () -> path(struct, getter) + " writes");
    }

    private void set(StructTable.Struct struct, Method setter) {
        StructTable.Field field = of(struct.fields(), setter.getName());
        ByteBuffer source = noise(struct);
        ByteBuffer b = noise(struct);
        byte[] expected = bytes(b, 0, b.capacity());
        System.arraycopy(
                bytes(source, AT + field.offset(), field.size()), 0, expected, AT + field.offset(), field.size());

        Class<?>[] types = setter.getParameterTypes();
        Class<?> type = types[types.length - 1];
        if (types.length == 4) {
            for (int i = 0; i < field.size() / Integer.BYTES; i++) {
                call(setter, b, AT, i, source.getInt(AT + field.offset() + i * Integer.BYTES));
            }
        } else if (type == byte[].class) {
            call(setter, b, AT, bytes(source, AT + field.offset(), field.size()));
        } else if (type == long.class) {
            call(setter, b, AT, expected(struct, setter, source));
        } else {
            call(setter, b, AT, (int) expected(struct, setter, source));
        }
        assertArrayEquals(expected, bytes(b, 0, b.capacity()), () -> path(struct, setter));
    }

    /** The field's bytes as a number, put together without the flyweight's help. */
    private static long expected(StructTable.Struct struct, Method accessor, ByteBuffer b) {
        StructTable.Field field = of(struct.fields(), accessor.getName());
        String path = path(struct, accessor);
        ByteOrder order = BIG_ENDIAN.contains(path)
                ? ByteOrder.BIG_ENDIAN
                : LITTLE_ENDIAN.contains(path) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.nativeOrder();
        long number = 0;
        for (int i = 0; i < field.size(); i++) {
            int at = order == ByteOrder.BIG_ENDIAN ? i : field.size() - 1 - i;
            number = (number << Byte.SIZE) | (b.get(AT + field.offset() + at) & 0xff);
        }
        if (SIGNED.contains(path)) {
            return (byte) number;
        }
        boolean asInt = accessor.getReturnType() == int.class
                || (accessor.getReturnType() == void.class && accessor.getParameterTypes()[2] == int.class);
        assertFalse(asInt && field.size() > Integer.BYTES, () -> path + " does not fit an int");
        return asInt ? (int) number : number;
    }

    private ByteBuffer noise(StructTable.Struct struct) {
        byte[] bytes = new byte[AT + struct.size() + AT];
        random.nextBytes(bytes);
        return ByteBuffer.allocateDirect(bytes.length)
                .order(ByteOrder.nativeOrder())
                .put(0, bytes);
    }

    private static byte[] bytes(ByteBuffer b, int at, int size) {
        byte[] copy = new byte[size];
        b.get(at, copy);
        return copy;
    }

    private static @Nullable Object call(Method method, Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method + " failed", e);
        }
    }

    private static Object value(@Nullable Object result) {
        if (result == null) {
            throw new AssertionError("nothing came back");
        }
        return result;
    }

    private static <V> V of(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new AssertionError("the table has no " + key);
        }
        return value;
    }

    private static String path(StructTable.Struct struct, Method accessor) {
        return struct.tag() + "." + accessor.getName();
    }
}
