package io.sockfd.ebpf;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.BpfInstruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instructions of a program, and the maps that it uses by name. It does not change: {@link #with} gives another one.
 * {@link EbpfAssembler} makes it from a text, {@link #of} from what a compiler wrote.
 */
public final class EbpfCode {
    /** A load of a map's number: where it is, and whether the map's first value is meant instead of the map. */
    record Reference(int instruction, String map, boolean value) {}

    /** One instruction; of a 64-bit load there are two. */
    record Instruction(int code, int destination, int source, int offset, int immediate) {}

    private final List<Instruction> instructions;
    private final List<Reference> references;
    private final Map<String, EbpfMap> maps;

    EbpfCode(List<Instruction> instructions, List<Reference> references, Map<String, EbpfMap> maps) {
        this.instructions = List.copyOf(instructions);
        this.references = List.copyOf(references);
        this.maps = maps;
    }

    /**
     * Instructions as they are in memory, {@code struct bpf_insn} in this machine's byte order, from the buffer's position to
     * its limit: a section of the object file that clang writes with {@code -target bpf}.
     *
     * @throws EbpfException when it is empty or no multiple of 8 bytes
     */
    public static EbpfCode of(ByteBuffer bytes) {
        int count = bytes.remaining() / BpfInstruction.SIZE;
        if (count == 0 || bytes.remaining() % BpfInstruction.SIZE != 0) {
            throw new EbpfException(bytes.remaining() + " bytes: instructions have 8 each");
        }
        ByteBuffer b = bytes.duplicate().order(ByteOrder.nativeOrder());
        int first = b.position();
        List<Instruction> instructions = Stream.iterate(first, at -> at + BpfInstruction.SIZE)
                .limit(count)
                .map(at -> instruction(b, at))
                .toList();
        return new EbpfCode(instructions, List.of(), Map.of());
    }

    private static Instruction instruction(ByteBuffer b, int at) {
        int registers = BpfInstruction.regs(b, at);
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return new Instruction(
                BpfInstruction.code(b, at),
                little ? registers & 0xf : registers >>> 4,
                little ? registers >>> 4 : registers & 0xf,
                (short) BpfInstruction.off(b, at),
                BpfInstruction.imm(b, at));
    }

    /**
     * Says that an instruction, a 64-bit load, loads a map: what the relocations of an object file say.
     *
     * @param instruction its number, from 0
     * @param map a name for {@link #with}
     * @throws EbpfException when this instruction is no 64-bit load
     */
    public EbpfCode referring(int instruction, String map) {
        boolean inside = instruction >= 0 && instruction < instructions.size();
        if (!inside || instructions.get(instruction).code() != (Linux.BPF_LD | Linux.BPF_IMM | Linux.BPF_DW)) {
            throw new EbpfException("instruction " + instruction + " is no load of 64 bits, which a map needs");
        }
        Reference added = new Reference(instruction, map, false);
        return new EbpfCode(
                instructions,
                Stream.concat(references.stream(), Stream.of(added)).toList(),
                maps);
    }

    /**
     * Gives a map for a name. The code holds the map, not open: it must be open when a program is loaded, and may be closed
     * after, since the program has its own reference.
     *
     * @throws EbpfException when no instruction has this name
     */
    public EbpfCode with(String name, EbpfMap map) {
        if (!names().contains(name)) {
            throw new EbpfException("no instruction loads a map called " + name + ": there is " + names());
        }
        Map<String, EbpfMap> more = new LinkedHashMap<>(maps);
        more.put(name, map);
        return new EbpfCode(instructions, references, more);
    }

    /** The names of the maps that the instructions load. */
    public Set<String> names() {
        return references.stream().map(Reference::map).collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many instructions there are; a 64-bit load counts as two. */
    public int length() {
        return instructions.size();
    }

    List<Reference> references() {
        return references;
    }

    /** The map of a name. */
    EbpfMap map(String name) {
        EbpfMap map = maps.get(name);
        if (map == null) {
            throw new EbpfException("the program needs a map called " + name + ": give it with(\"" + name + "\", map)");
        }
        return map;
    }

    /** The bytes for the kernel, in memory that it can read; the maps' numbers are not in them. */
    ByteBuffer encode() {
        ByteBuffer b = Memory.allocate(instructions.size() * BpfInstruction.SIZE);
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        int at = 0;
        for (Instruction i : instructions) {
            BpfInstruction.code(b, at, i.code());
            BpfInstruction.regs(b, at, little ? i.source() << 4 | i.destination() : i.destination() << 4 | i.source());
            BpfInstruction.off(b, at, i.offset());
            BpfInstruction.imm(b, at, i.immediate());
            at += BpfInstruction.SIZE;
        }
        return b;
    }

    /** Puts a map's number into the load of it. */
    static void link(ByteBuffer encoded, Reference reference, int fd) {
        int at = reference.instruction() * BpfInstruction.SIZE;
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        int registers = BpfInstruction.regs(encoded, at);
        int destination = little ? registers & 0xf : registers >>> 4;
        int source = reference.value() ? Linux.BPF_PSEUDO_MAP_VALUE : Linux.BPF_PSEUDO_MAP_FD;
        BpfInstruction.regs(encoded, at, little ? source << 4 | destination : destination << 4 | source);
        BpfInstruction.imm(encoded, at, fd);
    }

    @Override
    public String toString() {
        return "EbpfCode(" + instructions.size() + " instructions" + (names().isEmpty() ? "" : ", maps " + names())
                + ")";
    }
}
