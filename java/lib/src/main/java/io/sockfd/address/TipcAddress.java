package io.sockfd.address;

import static io.sockfd.raw.Linux.TIPC_SERVICE_ADDR;
import static io.sockfd.raw.Linux.TIPC_SERVICE_RANGE;
import static io.sockfd.raw.Linux.TIPC_SOCKET_ADDR;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrTipc;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TIPC service, a range of services, or a socket. As text {@code tipc:service:TYPE:INSTANCE[?domain=N&scope=N]}, {@code
 * tipc:range:TYPE:LOWER:UPPER[?scope=N]} or {@code tipc:socket:REF:NODE[?scope=N]}. All numbers but the scope are
 * unsigned 32 bits.
 *
 * @see <a href="http://tipc.io/programming.html">TIPC Programmer's Guide</a>
 */
public final class TipcAddress extends LinuxAddress {
    private static final String FORM =
            "tipc:service:TYPE:INSTANCE[?domain=N&scope=N], tipc:range:TYPE:LOWER:UPPER or tipc:socket:REF:NODE";
    private static final long serialVersionUID = 1;

    private final int kind;
    private final int scope;
    /** type, or ref. */
    private final int first;
    /** instance, lower, or node. */
    private final int second;
    /** domain, upper, or nothing. */
    private final int third;

    private TipcAddress(int kind, int scope, int first, int second, int third) {
        if (scope < Byte.MIN_VALUE || scope > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("scope is -128 to 127, not " + scope);
        }
        this.kind = kind;
        this.scope = scope;
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /**
     * One instance of a service: what {@code connect} and {@code sendto} take.
     *
     * @param domain the node to look on; 0 for all, the nearest first
     */
    public static TipcAddress service(int type, int instance, int domain) {
        return new TipcAddress(TIPC_SERVICE_ADDR, 0, type, instance, domain);
    }

    /**
     * A range of instances: what {@code bind} takes, and for multicast {@code sendto}.
     *
     * @param scope {@code TIPC_CLUSTER_SCOPE} or {@code TIPC_NODE_SCOPE}; negative takes a binding back
     * @throws IllegalArgumentException when the scope is not -128 to 127
     */
    public static TipcAddress serviceRange(int type, int lower, int upper, int scope) {
        return new TipcAddress(TIPC_SERVICE_RANGE, scope, type, lower, upper);
    }

    /** One socket: what {@code getsockname} and {@code recvfrom} give. */
    public static TipcAddress socket(int ref, int node) {
        return new TipcAddress(TIPC_SOCKET_ADDR, 0, ref, node, 0);
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static TipcAddress parse(String text) {
        Notation n = new Notation(text, "tipc:", FORM);
        int kind = switch (n.until(':', "service, range or socket")) {
            case "service" -> TIPC_SERVICE_ADDR;
            case "range" -> TIPC_SERVICE_RANGE;
            case "socket" -> TIPC_SOCKET_ADDR;
            default -> throw n.fail("service, range or socket");
        };
        int first = n.u32(n.until(':', "a number"), "a number");
        int second;
        int third = 0;
        if (kind == TIPC_SERVICE_RANGE) {
            second = n.u32(n.until(':', "the lower end"), "the lower end");
            third = n.u32(n.rest(), "the upper end");
        } else {
            second = n.u32(n.rest(), "a number");
            third = kind == TIPC_SERVICE_ADDR ? (int) n.parameter("domain", Notation.U32) : 0;
        }
        // the kernel's field is a signed byte; written as the same 8 bits unsigned
        int scope = (byte) n.parameter("scope", Notation.U8);
        n.finish();
        return new TipcAddress(kind, scope, first, second, third);
    }

    /** {@code TIPC_SERVICE_ADDR}, {@code TIPC_SERVICE_RANGE} or {@code TIPC_SOCKET_ADDR}. */
    public int addrtype() {
        return kind;
    }

    /** {@code TIPC_CLUSTER_SCOPE}, {@code TIPC_NODE_SCOPE}, 0, or negative. */
    public int scope() {
        return scope;
    }

    /**
     * Of a service or a range.
     *
     * @throws IllegalStateException for a socket
     */
    public int type() {
        return field(first, kind != TIPC_SOCKET_ADDR, "type");
    }

    /**
     * Of a service.
     *
     * @throws IllegalStateException for anything else
     */
    public int instance() {
        return field(second, kind == TIPC_SERVICE_ADDR, "instance");
    }

    /**
     * Of a service.
     *
     * @throws IllegalStateException for anything else
     */
    public int domain() {
        return field(third, kind == TIPC_SERVICE_ADDR, "domain");
    }

    /**
     * Of a range.
     *
     * @throws IllegalStateException for anything else
     */
    public int lower() {
        return field(second, kind == TIPC_SERVICE_RANGE, "lower");
    }

    /**
     * Of a range.
     *
     * @throws IllegalStateException for anything else
     */
    public int upper() {
        return field(third, kind == TIPC_SERVICE_RANGE, "upper");
    }

    /**
     * Of a socket.
     *
     * @throws IllegalStateException for anything else
     */
    public int ref() {
        return field(first, kind == TIPC_SOCKET_ADDR, "ref");
    }

    /**
     * Of a socket.
     *
     * @throws IllegalStateException for anything else
     */
    public int node() {
        return field(second, kind == TIPC_SOCKET_ADDR, "node");
    }

    private int field(int value, boolean there, String name) {
        if (!there) {
            throw new IllegalStateException(this + " has no " + name);
        }
        return value;
    }

    static @Nullable TipcAddress decode(ByteBuffer b, int length) {
        int kind = SockaddrTipc.addrtype(b, 0);
        if (length < SockaddrTipc.SIZE || kind < TIPC_SERVICE_RANGE || kind > TIPC_SOCKET_ADDR) {
            return null;
        }
        int third = kind == TIPC_SOCKET_ADDR ? 0 : SockaddrTipc.upper(b, 0);
        return new TipcAddress(
                kind, SockaddrTipc.scope(b, 0), SockaddrTipc.type(b, 0), SockaddrTipc.lower(b, 0), third);
    }

    @Override
    public int family() {
        return Linux.AF_TIPC;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrTipc.family(b, 0, Linux.AF_TIPC);
        SockaddrTipc.addrtype(b, 0, kind);
        SockaddrTipc.scope(b, 0, scope);
        SockaddrTipc.type(b, 0, first);
        SockaddrTipc.lower(b, 0, second);
        SockaddrTipc.upper(b, 0, third);
        return SockaddrTipc.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        String numbers = Integer.toUnsignedString(first) + ":" + Integer.toUnsignedString(second);
        String body = switch (kind) {
            case TIPC_SERVICE_ADDR -> "service:" + numbers;
            case TIPC_SERVICE_RANGE -> "range:" + numbers + ":" + Integer.toUnsignedString(third);
            default -> "socket:" + numbers;
        };
        return "tipc:" + body
                + new Parameters()
                        .dec("domain", kind == TIPC_SERVICE_ADDR ? third : 0)
                        .dec("scope", scope & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TipcAddress that
                && kind == that.kind
                && scope == that.scope
                && first == that.first
                && second == that.second
                && third == that.third;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, scope, first, second, third);
    }
}
