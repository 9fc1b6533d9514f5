package io.sockfd.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every numeric field: what is written is read, and no other field changes. */
class HeadersTest {
    /** Fields that are two others in one. */
    private static final List<String> VIEWS_OF_OTHERS = List.of("tos", "tci", "flags");
    /** Meanings of the same bytes in other types. */
    private static final List<String> SHARED = List.of(
            "nextHopMtu",
            "pointer",
            "mtu",
            "curHopLimit",
            "managed",
            "otherConfiguration",
            "routerLifetime",
            "router",
            "solicited",
            "override",
            "gatewayAddress",
            "reachableTime",
            "retransTimer");

    static Stream<Header<?>> headers() {
        return Stream.of(
                new Ethernet(),
                new Vlan(),
                new Arp(),
                new Ipv4(),
                new Ipv6(),
                new Ipv6Extension(),
                new Ipv6Routing(),
                new Ipv6Fragment(),
                new Icmp(),
                new Icmp6(),
                new Udp(),
                new Tcp(),
                new LinuxSll(),
                new LinuxSll2());
    }

    private record Field(Method get, Method set, long most) {}

    private static List<Field> fields(Header<?> header) throws ReflectiveOperationException {
        List<Field> fields = new ArrayList<>();
        for (Method set : header.getClass().getDeclaredMethods()) {
            if (set.getReturnType() != header.getClass() || set.getParameterCount() != 1) {
                continue;
            }
            Class<?> type = set.getParameterTypes()[0];
            if (!type.isPrimitive() || VIEWS_OF_OTHERS.contains(set.getName()) || SHARED.contains(set.getName())) {
                continue;
            }
            fields.add(new Field(header.getClass().getMethod(set.getName()), set, most(header, set, type)));
        }
        return fields;
    }

    /** The largest value: of the powers of two less one, the last that is taken. */
    private static long most(Header<?> header, Method set, Class<?> type) throws ReflectiveOperationException {
        if (type == boolean.class) {
            return 1;
        } else if (set.getName().endsWith("Address")) {
            return -1;
        }
        long most = 0;
        for (int bits = 1; bits <= 32; bits++) {
            try {
                set.invoke(header.compose(ByteBuffer.allocate(64), 0, 64), of((1L << bits) - 1, type));
                most = (1L << bits) - 1;
            } catch (java.lang.reflect.InvocationTargetException e) {
                assertTrue(e.getCause() instanceof IllegalArgumentException, set.toString());
                return most;
            }
        }
        return type == long.class ? most : Integer.MAX_VALUE;
    }

    private static Object of(long value, Class<?> type) {
        return type == boolean.class
                ? (Object) (value != 0)
                : type == int.class ? (Object) (int) value : (Object) value;
    }

    @ParameterizedTest
    @MethodSource("headers")
    void roundTrip(Header<?> header) throws ReflectiveOperationException {
        Random random = new Random(5);
        List<Field> fields = fields(header);
        assertTrue(fields.size() >= 1, "there are fields");
        ByteBuffer b = ByteBuffer.allocate(64);
        for (int round = 0; round < 50; round++) {
            header.compose(b, 3, 64);
            List<Object> values = new ArrayList<>();
            for (Field f : fields) {
                long value = f.most == -1 ? random.nextInt() : random.nextLong() & f.most;
                Object v = of(value, f.set.getParameterTypes()[0]);
                values.add(v);
                f.set.invoke(header, v);
            }
            for (int i = 0; i < fields.size(); i++) {
                assertEquals(
                        values.get(i),
                        fields.get(i).get.invoke(header),
                        fields.get(i).set.toString());
            }
        }
    }
}
