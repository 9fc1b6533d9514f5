package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Runs a program as the kernel does, packet by packet, without privilege and without allocating.
 *
 * <p>What the kernel does in silence happens here too: a load outside of the packet and a division by an X of zero end
 * the program with 0, arithmetic is unsigned with 32 bits, a shift by X takes its low five bits.
 *
 * <p>For one thread at a time: the memory cells are the object's.
 */
public final class Interpreter {
    private static final Ancillary NOTHING = new Ancillary();

    /** No bytes there; a load gives 32 bits otherwise. */
    private static final long OUTSIDE = -1;

    private final int[] codes;
    private final int[] jt;
    private final int[] jf;
    private final int[] ks;
    private final int[] m = new int[BPF_MEMWORDS];

    /**
     * An interpreter of this program.
     *
     * @throws BpfException when the kernel would refuse it, see {@link Verifier}
     */
    public Interpreter(FilterProgram program) {
        List<Instruction> list = Verifier.verify(program).instructions();
        codes = new int[list.size()];
        jt = new int[list.size()];
        jf = new int[list.size()];
        ks = new int[list.size()];
        for (int i = 0; i < list.size(); i++) {
            codes[i] = list.get(i).code();
            jt[i] = list.get(i).jt();
            jf[i] = list.get(i).jf();
            ks[i] = list.get(i).k();
        }
    }

    /** Whether the program takes the packet; as {@link #run(ByteBuffer)}. */
    public boolean matches(ByteBuffer packet) {
        return run(packet, NOTHING) != 0;
    }

    /** As {@link #run(ByteBuffer, Ancillary)}, with extensions that are all zero. */
    public int run(ByteBuffer packet) {
        return run(packet, NOTHING);
    }

    /**
     * Runs the program.
     *
     * @param packet from its position to its limit; neither they nor its byte order change
     * @return what the program returned, an unsigned number: how many bytes of the packet it keeps at most, 0 for none
     */
    public int run(ByteBuffer packet, Ancillary ancillary) {
        int a = 0;
        int x = 0;
        for (int pc = 0; ; pc++) {
            int k = ks[pc];
            int code = codes[pc];
            switch (code) {
                case BPF_RET | BPF_K -> {
                    return k;
                }
                case BPF_RET | BPF_A -> {
                    return a;
                }
                case BPF_LD | BPF_W | BPF_ABS, BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_B | BPF_ABS -> {
                    if (k < 0 && k >= SKF_AD_OFF) {
                        if (ancillary.ifindex == 0 && needsDevice(k)) {
                            return a; // the kernel's program ends here with what is in its register
                        }
                        a = extension(k, a, x, packet, ancillary);
                        break;
                    }
                    long absolute = load(code, k, packet, ancillary);
                    if (absolute == OUTSIDE) {
                        return 0;
                    }
                    a = (int) absolute;
                }
                case BPF_LD | BPF_W | BPF_IND, BPF_LD | BPF_H | BPF_IND, BPF_LD | BPF_B | BPF_IND -> {
                    long indirect = load(code, x + k, packet, ancillary);
                    if (indirect == OUTSIDE) {
                        return 0;
                    }
                    a = (int) indirect;
                }
                case BPF_LDX | BPF_B | BPF_MSH -> {
                    long header = load(code, k, packet, ancillary);
                    if (header == OUTSIDE) {
                        return 0;
                    }
                    x = ((int) header & 0xf) << 2;
                }
                case BPF_LD | BPF_W | BPF_LEN -> a = length(packet, ancillary);
                case BPF_LDX | BPF_W | BPF_LEN -> x = length(packet, ancillary);
                case BPF_LD | BPF_IMM -> a = k;
                case BPF_LDX | BPF_IMM -> x = k;
                case BPF_LD | BPF_MEM -> a = m[k];
                case BPF_LDX | BPF_MEM -> x = m[k];
                case BPF_ST -> m[k] = a;
                case BPF_STX -> m[k] = x;
                case BPF_MISC | BPF_TAX -> x = a;
                case BPF_MISC | BPF_TXA -> a = x;
                case BPF_JMP | BPF_JA -> pc += k;
                case BPF_ALU | BPF_DIV | BPF_X, BPF_ALU | BPF_MOD | BPF_X -> {
                    if (x == 0) {
                        return 0;
                    }
                    a = compute(code, a, x);
                }
                default -> {
                    int operand = (code & BPF_X) == 0 ? k : x;
                    if ((code & Opcode.CLASS) == BPF_ALU) {
                        a = compute(code, a, operand);
                    } else {
                        pc += holds(code, a, operand) ? jt[pc] : jf[pc];
                    }
                }
            }
        }
    }

    static int compute(int code, int a, int b) {
        return switch (code & Opcode.OP) {
            case BPF_ADD -> a + b;
            case BPF_SUB -> a - b;
            case BPF_MUL -> a * b;
            case BPF_DIV -> Integer.divideUnsigned(a, b);
            case BPF_MOD -> Integer.remainderUnsigned(a, b);
            case BPF_AND -> a & b;
            case BPF_OR -> a | b;
            case BPF_XOR -> a ^ b;
            case BPF_LSH -> a << b;
            case BPF_RSH -> a >>> b;
            case BPF_NEG -> -a;
            default -> throw new AssertionError(code); // the verifier lets nothing else through
        };
    }

    static boolean holds(int code, int a, int b) {
        return switch (code & Opcode.OP) {
            case BPF_JEQ -> a == b;
            case BPF_JGT -> Integer.compareUnsigned(a, b) > 0;
            case BPF_JGE -> Integer.compareUnsigned(a, b) >= 0;
            case BPF_JSET -> (a & b) != 0;
            default -> throw new AssertionError(code); // the verifier lets nothing else through
        };
    }

    private static int length(ByteBuffer packet, Ancillary ancillary) {
        return ancillary.length == Ancillary.AS_GIVEN ? packet.remaining() : ancillary.length;
    }

    private static boolean needsDevice(int k) {
        return k == SKF_AD_OFF + SKF_AD_IFINDEX || k == SKF_AD_OFF + SKF_AD_HATYPE;
    }

    private static int extension(int k, int a, int x, ByteBuffer packet, Ancillary ancillary) {
        return switch (k - SKF_AD_OFF) {
            case SKF_AD_PROTOCOL -> ancillary.protocol & 0xffff;
            case SKF_AD_PKTTYPE -> ancillary.packetType & 7;
            case SKF_AD_IFINDEX -> ancillary.ifindex;
            case SKF_AD_HATYPE -> ancillary.hatype & 0xffff;
            case SKF_AD_NLATTR -> Attributes.find(packet, a, x);
            case SKF_AD_NLATTR_NEST -> Attributes.findNested(packet, a, x);
            case SKF_AD_MARK -> ancillary.mark;
            case SKF_AD_QUEUE -> ancillary.queue & 0xffff;
            case SKF_AD_RXHASH -> ancillary.rxhash;
            case SKF_AD_CPU -> ancillary.cpu;
            case SKF_AD_ALU_XOR_X -> a ^ x;
            case SKF_AD_VLAN_TAG -> ancillary.vlanTci & 0xffff;
            case SKF_AD_VLAN_TAG_PRESENT -> ancillary.vlan ? 1 : 0;
            case SKF_AD_VLAN_TPID -> ancillary.vlanTpid & 0xffff;
            case SKF_AD_PAY_OFFSET -> ancillary.payloadOffset;
            case SKF_AD_RANDOM -> ancillary.random;
            default -> throw new AssertionError(k); // the verifier lets nothing else through
        };
    }

    /** What lies there, in network byte order. */
    private static long load(int code, int k, ByteBuffer packet, Ancillary ancillary) {
        long at = packet.position();
        if (k >= 0) {
            at += k;
        } else if (k >= SKF_NET_OFF) {
            at += k - SKF_NET_OFF + ancillary.networkOffset;
        } else if (k >= SKF_LL_OFF && ancillary.linkOffset != Ancillary.NONE) {
            at += k - SKF_LL_OFF + ancillary.linkOffset;
        } else {
            return OUTSIDE;
        }
        int size = code & (BPF_H | BPF_B);
        int bytes = size == BPF_B ? 1 : size == BPF_H ? 2 : 4;
        if (at < 0 || at + bytes > packet.limit()) {
            return OUTSIDE;
        }
        int index = (int) at;
        boolean big = packet.order() == ByteOrder.BIG_ENDIAN;
        if (bytes == 1) {
            return packet.get(index) & 0xff;
        } else if (bytes == 2) {
            short value = packet.getShort(index);
            return (big ? value : Short.reverseBytes(value)) & 0xffff;
        } else {
            int value = packet.getInt(index);
            return (big ? value : Integer.reverseBytes(value)) & 0xffff_ffffL;
        }
    }
}
