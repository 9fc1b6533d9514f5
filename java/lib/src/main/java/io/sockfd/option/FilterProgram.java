package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockFilter;
import io.sockfd.raw.struct.SockFprog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of classic BPF. See <a href="https://docs.kernel.org/networking/filter.html">socket filtering, in the
 * kernel's documentation</a>.
 *
 * @param instructions at most 4096
 */
public record FilterProgram(List<Instruction> instructions) {
    /** BPF_MAXINSNS. */
    private static final int MAX = 4096;

    /** To ask for at first. */
    private static final int FEW = 128;

    static final Codec<FilterProgram> CODEC = new FilterCodec();

    /**
     * struct sock_filter.
     *
     * @param code such as BPF_LD | BPF_H | BPF_ABS
     * @param jt instructions to skip when true
     * @param jf instructions to skip when false
     * @param k the constant
     */
    public record Instruction(int code, int jt, int jf, int k) {}

    /**
     * A copy of the list.
     *
     * @throws IllegalArgumentException when there are more than 4096
     */
    public FilterProgram {
        instructions = List.copyOf(instructions);
        if (instructions.size() > MAX) {
            throw new IllegalArgumentException(instructions.size() + " instructions: at most " + MAX + " fit");
        }
    }

    /** These instructions. */
    public static FilterProgram of(Instruction... instructions) {
        return new FilterProgram(List.of(instructions));
    }

    /** One that takes every packet and cuts it at this many bytes; 0 takes none. */
    public static FilterProgram accept(int bytes) {
        return of(new Instruction(Linux.BPF_RET | Linux.BPF_K, 0, 0, bytes));
    }

    @Override
    public String toString() {
        return instructions.size() + " instructions";
    }

    /** The header, struct sock_fprog, points to the instructions right behind it, in the same memory. */
    private static final class FilterCodec implements Codec<FilterProgram> {
        @Override
        public Class<FilterProgram> type() {
            return FilterProgram.class;
        }

        @Override
        public int size() {
            return FEW * SockFilter.SIZE;
        }

        @Override
        public int size(FilterProgram value) {
            return SockFprog.SIZE + value.instructions.size() * SockFilter.SIZE;
        }

        @Override
        public int encode(FilterProgram value, ByteBuffer b) {
            SockFprog.len(b, 0, value.instructions.size());
            SockFprog.filter(b, 0, Memory.address(b) + SockFprog.SIZE);
            int at = SockFprog.SIZE;
            for (Instruction instruction : value.instructions) {
                SockFilter.code(b, at, instruction.code);
                SockFilter.jt(b, at, instruction.jt);
                SockFilter.jf(b, at, instruction.jf);
                SockFilter.k(b, at, instruction.k);
                at += SockFilter.SIZE;
            }
            return SockFprog.SIZE;
        }

        /** SO_GET_FILTER tells how many there are when that is more than fits. */
        @Override
        public int request(@Nullable FilterProgram request, ByteBuffer b) {
            return FEW * SockFilter.SIZE;
        }

        @Override
        public FilterProgram decode(ByteBuffer b, int length) {
            List<Instruction> instructions = new ArrayList<>(length / SockFilter.SIZE);
            for (int at = 0; at < length; at += SockFilter.SIZE) {
                instructions.add(new Instruction(
                        SockFilter.code(b, at), SockFilter.jt(b, at), SockFilter.jf(b, at), SockFilter.k(b, at)));
            }
            return new FilterProgram(instructions);
        }
    }
}
