package io.sockfd.bpf;

import io.sockfd.address.HardwareAddress;
import io.sockfd.bpf.FilterScanner.Kind;
import io.sockfd.bpf.FilterScanner.Token;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads addresses, names and numbers behind their qualifiers. */
final class FilterIds {
    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;

    private final FilterTokens tokens;
    private final Addresses addresses;
    private final Protocols protocols;
    private final Ports ports;

    FilterIds(FilterTokens tokens, Addresses addresses, Protocols protocols, Ports ports) {
        this.tokens = tokens;
        this.addresses = addresses;
        this.protocols = protocols;
        this.ports = ports;
    }

    /** The next one. */
    Condition read(Qualifiers q) {
        Token token = tokens.next();
        try {
            return switch (token.kind()) {
                case NUMBER -> number(q, token.value());
                case ADDRESS_4 ->
                    "decnet".equals(q.protocol()) && !q.kind().startsWith("p")
                            ? addresses.decnet(q, FilterAddress.decnet(token.text()))
                            : address4(q, FilterAddress.of4(token.text()));
                case ADDRESS_6 -> address6(q, FilterAddress.of6(token.text()));
                case ETHERNET -> addresses.ethernet(q, hardware(token.text()));
                case NAME -> name(q, token.text());
                default -> throw new BpfException("an address of ARCNET is not supported");
            };
        } catch (BpfException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("column ") ? e : FilterTokens.wrong(token, message);
        }
    }

    private Condition number(Qualifiers q, int value) {
        return switch (q.kind()) {
            case "port", "portrange" -> ports.numbers(q, value, value);
            case "proto" -> protocols.numbered(q.protocol(), value);
            case "protochain" -> protocols.chain(q.protocol(), value);
            case "net" -> net(q, FilterAddress.ofNumber(value));
            default -> "decnet".equals(q.protocol()) ? addresses.decnet(q, value) : addresses.ip(q, value, -1);
        };
    }

    private Condition net(Qualifiers q, FilterAddress net) {
        return addresses.ip(q, net.number(), net.mask(net.bits()));
    }

    private Condition address4(Qualifiers q, FilterAddress address) {
        int bits = address.bits();
        int mask = address.mask(bits);
        if (tokens.accept("/")) {
            requireNet(q);
            bits = tokens.number("the length of the prefix");
            if (bits < 0 || bits > BITS_4) {
                throw new BpfException("a prefix of IPv4 is at most 32");
            }
            mask = address.mask(bits);
        } else if (tokens.accept("mask")) {
            requireNet(q);
            if (tokens.token().kind() != Kind.ADDRESS_4) {
                throw tokens.wrong("a mask is missing, such as 255.255.0.0");
            }
            mask = FilterAddress.of4(tokens.next().text()).number();
        }
        if ((address.number() & ~mask) != 0) {
            throw new BpfException("the network has bits behind its mask");
        }
        return switch (q.kind()) {
            case "host", "net" -> addresses.ip(q, address.number(), mask);
            default -> throw new BpfException(q.kind() + " does not go with an address");
        };
    }

    private static void requireNet(Qualifiers q) {
        if (!"net".equals(q.type())) {
            throw new BpfException("a mask goes with net only");
        }
    }

    private Condition address6(Qualifiers q, FilterAddress address) {
        int bits = BITS_6;
        if (tokens.accept("/")) {
            bits = tokens.number("the length of the prefix");
            if (bits < 0 || bits > BITS_6) {
                throw new BpfException("a prefix of IPv6 is at most 128");
            } else if (!address.endsWithin(bits)) {
                throw new BpfException("the network has bits behind its prefix of " + bits);
            } else if (!"net".equals(q.type()) && bits != BITS_6) {
                throw new BpfException("a mask goes with net only");
            }
        } else if (tokens.is("mask")) {
            throw tokens.wrong("a mask goes with IPv4 only: write net ADDRESS/BITS");
        }
        return switch (q.kind()) {
            case "host", "net" -> addresses.ip6(q, address.bytes(), bits);
            default -> throw new BpfException(q.kind() + " does not go with an address");
        };
    }

    private static byte[] hardware(String text) {
        return HardwareAddress.of(FilterAddress.hardware(text)).bytes();
    }

    private Condition name(Qualifiers q, String name) {
        return switch (q.kind()) {
            case "port", "portrange" -> ports.named(q, name);
            case "proto" -> protocols.numbered(q.protocol(), Protocols.number(q, name));
            case "protochain" -> protocols.chain(q.protocol(), Protocols.number(q, name));
            case "net" -> {
                String network = FilterNames.network(name);
                if (network == null) {
                    throw new BpfException("no network of this name is in /etc/networks: " + name);
                }
                yield net(q, FilterAddress.ofNetwork(network));
            }
            default -> q.isLink() ? addresses.ethernet(q, ethers(name)) : host(q, name);
        };
    }

    private static byte[] ethers(String name) {
        @Nullable String known = FilterNames.ethernet(name);
        if (known == null) {
            throw new BpfException("no host of this name is in /etc/ethers: " + name);
        }
        return hardware(known);
    }

    private Condition host(Qualifiers q, String name) {
        if ("decnet".equals(q.protocol())) {
            throw new BpfException("a name of a DECnet host cannot be looked up: write AREA.NODE");
        }
        List<byte[]> found = FilterNames.host(name);
        boolean only4 = q.protocol() != null && !q.protocol().equals("ip6");
        boolean only6 = "ip6".equals(q.protocol());
        return found.stream()
                .filter(bytes -> bytes.length == 4 ? !only6 : !only4)
                .map(bytes -> bytes.length == 4
                        ? addresses.ip(q, ByteBuffer.wrap(bytes).getInt(), -1)
                        : addresses.ip6(q, bytes, BITS_6))
                .reduce(Condition::or)
                .orElseThrow(() -> new BpfException(name + " has no address of " + q.protocol()));
    }
}
