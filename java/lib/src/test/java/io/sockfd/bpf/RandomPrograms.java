package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Programs from a seed: valid ones that use everything, and others. */
final class RandomPrograms {
    /** All codes that the kernel takes. */
    static final int[] CODES = IntStream.range(0, 0x100).filter(Opcode::allowed).toArray();

    private static final int[] TELLING = {0, 1, 2, 4, 8, 14, 31, 32, 255, 256, 0x7fff_ffff, 0x8000_0000, -1, -2, 0xffff
    };
    private static final int BUSY = 48;

    private final Random random;
    /** Extensions that the programs may use; the processor and the random number differ from run to run. */
    private final List<Extension> extensions = new ArrayList<>(List.of(Extension.values()));

    RandomPrograms(long seed) {
        random = new Random(seed);
        extensions.removeAll(List.of(Extension.CPU, Extension.RAND));
    }

    /** One that the verifier and the kernel take. Its first instructions fill the memory. */
    FilterProgram valid() {
        int size = 20 + random.nextInt(BUSY);
        List<Instruction> list = new ArrayList<>();
        for (int cell = 0; cell < BPF_MEMWORDS; cell++) {
            list.add(new Instruction(cell % 2 == 0 ? BPF_ST : BPF_STX, 0, 0, cell));
        }
        while (list.size() < size) {
            int code = CODES[random.nextInt(CODES.length)];
            // a ret in the middle only rarely, or everything ends at once
            if ((code & Opcode.CLASS) != BPF_RET || random.nextInt(4) == 0) {
                list.add(valid(code, size - list.size()));
            }
        }
        list.add(
                random.nextInt(3) == 0
                        ? new Instruction(BPF_RET | BPF_K, 0, 0, random.nextInt(300))
                        : new Instruction(BPF_RET | BPF_A, 0, 0, 0));
        return new FilterProgram(list);
    }

    private Instruction valid(int code, int left) {
        int reach = Math.min(left, 4);
        if (Opcode.isConditional(code)) {
            return new Instruction(code, random.nextInt(reach), random.nextInt(reach), constant());
        }
        return switch (code) {
            case BPF_JMP | BPF_JA -> new Instruction(code, 0, 0, random.nextInt(reach));
            case BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_MOD | BPF_K -> new Instruction(code, 0, 0, constant() | 1);
            case BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_RSH | BPF_K ->
                new Instruction(code, 0, 0, random.nextInt(32));
            case BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM, BPF_ST, BPF_STX ->
                new Instruction(code, 0, 0, random.nextInt(BPF_MEMWORDS));
            case BPF_LD | BPF_W | BPF_ABS, BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_B | BPF_ABS ->
                new Instruction(code, 0, 0, absolute());
            case BPF_LD | BPF_W | BPF_IND,
                    BPF_LD | BPF_H | BPF_IND,
                    BPF_LD | BPF_B | BPF_IND,
                    BPF_LDX | BPF_B | BPF_MSH -> new Instruction(code, 0, 0, offset());
            default -> new Instruction(code, 0, 0, constant());
        };
    }

    /** Mostly inside of a packet, at times at or behind its end, or from the start of a header. */
    private int offset() {
        return switch (random.nextInt(16)) {
            case 0 -> constant();
            case 1 -> SKF_NET_OFF + random.nextInt(24);
            case 2 -> SKF_LL_OFF + random.nextInt(24);
            default -> random.nextInt(24);
        };
    }

    private int absolute() {
        if (random.nextInt(3) == 0) {
            boolean xor = random.nextInt(8) == 0;
            return xor ? SKF_AD_OFF + SKF_AD_ALU_XOR_X : extensions.get(random.nextInt(extensions.size())).k;
        }
        int k = offset();
        return k < 0 && k >= SKF_AD_OFF ? 0 : k;
    }

    private int constant() {
        return switch (random.nextInt(3)) {
            case 0 -> TELLING[random.nextInt(TELLING.length)];
            case 1 -> random.nextInt(256);
            default -> random.nextInt();
        };
    }

    /** One that may break any of the rules; about half of them break none. */
    FilterProgram mostlyValid() {
        List<Instruction> list = new ArrayList<>(valid().instructions());
        for (int faults = random.nextInt(3); faults > 0; faults--) {
            int at = random.nextInt(list.size());
            Instruction i = list.get(at);
            switch (random.nextInt(6)) {
                case 0 -> list.set(at, new Instruction(random.nextInt(0x100), i.jt(), i.jf(), i.k()));
                case 1 -> list.set(at, new Instruction(i.code(), random.nextInt(0x100), i.jf(), i.k()));
                case 2 -> list.set(at, new Instruction(i.code(), i.jt(), random.nextInt(0x100), i.k()));
                case 3 -> list.set(at, new Instruction(i.code(), i.jt(), i.jf(), constant()));
                case 4 -> list.remove(at);
                default -> list.add(at, valid(CODES[random.nextInt(CODES.length)], 1));
            }
        }
        return new FilterProgram(list);
    }

    /** Instructions without any order. */
    FilterProgram arbitrary() {
        List<Instruction> list = new ArrayList<>();
        for (int size = random.nextInt(12); size > 0; size--) {
            int code = random.nextInt(8) == 0 ? random.nextInt(0x1_0000) : CODES[random.nextInt(CODES.length)];
            boolean jumps = random.nextBoolean();
            list.add(new Instruction(
                    code,
                    jumps ? random.nextInt(4) : 0,
                    jumps ? random.nextInt(random.nextInt(8) == 0 ? 256 : 4) : 0,
                    random.nextBoolean() ? random.nextInt(20) : random.nextInt(8) == 0 ? absolute() : constant()));
        }
        return new FilterProgram(list);
    }

    /** A packet of at most so many bytes; some of its numbers are small. */
    byte[] packet(int most) {
        byte[] packet = new byte[random.nextInt(most + 1)];
        random.nextBytes(packet);
        for (int i = 0; i < packet.length; i++) {
            packet[i] = random.nextBoolean() ? (byte) (packet[i] & 0x0f) : packet[i];
        }
        return packet;
    }
}
