package io.sockfd.option;

import io.sockfd.Codec;
import java.nio.ByteBuffer;

/**
 * An element of CAN_RAW_FILTER: a frame passes when {@code (frame's id & mask) == (id & mask)}.
 *
 * @param id an identifier, with CAN_EFF_FLAG when it is an extended one; with CAN_INV_FILTER the others pass
 * @param mask its bits that count, for instance {@code CAN_SFF_MASK | CAN_EFF_FLAG | CAN_RTR_FLAG}
 * @see <a href="https://docs.kernel.org/networking/can.html#raw-socket-option-can-raw-filter">SocketCAN</a>
 */
public record CanFilter(int id, int mask) {
    private static final int SIZE = io.sockfd.raw.struct.CanFilter.SIZE;
    private static final int ROOM = 64;

    static final Codec<CanFilter[]> CODEC = new Codec<>() {
        @Override
        public Class<CanFilter[]> type() {
            return CanFilter[].class;
        }

        @Override
        public int size() {
            return ROOM * SIZE;
        }

        @Override
        public int size(CanFilter[] filters) {
            return filters.length * SIZE;
        }

        @Override
        public int encode(CanFilter[] filters, ByteBuffer b) {
            for (int i = 0; i < filters.length; i++) {
                io.sockfd.raw.struct.CanFilter.can_id(b, i * SIZE, filters[i].id);
                io.sockfd.raw.struct.CanFilter.can_mask(b, i * SIZE, filters[i].mask);
            }
            return filters.length * SIZE;
        }

        @Override
        public CanFilter[] decode(ByteBuffer b, int length) {
            CanFilter[] filters = new CanFilter[length / SIZE];
            for (int i = 0; i < filters.length; i++) {
                filters[i] = new CanFilter(
                        io.sockfd.raw.struct.CanFilter.can_id(b, i * SIZE),
                        io.sockfd.raw.struct.CanFilter.can_mask(b, i * SIZE));
            }
            return filters;
        }
    };

    /** {@code 123/7FF}, as candump(1) has it. */
    @Override
    public String toString() {
        return String.format("%X/%X", id, mask);
    }
}
