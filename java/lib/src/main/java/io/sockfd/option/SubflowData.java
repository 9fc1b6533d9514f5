package io.sockfd.option;

import io.sockfd.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * MPTCP's arrays, one element for each subflow, behind struct mptcp_subflow_data, in which the caller says how large it
 * believes an element to be and the kernel how much of that it wrote.
 *
 * <pre>
 *         +-----------------------+
 *      0  | u32 size_subflow_data |  in: 16
 *      4  | u32 num_subflows      |  out
 *      8  | u32 size_kernel       |  out
 *     12  | u32 size_user         |  in and out: bytes of an element
 *     16  +-----------------------+
 * </pre>
 */
record SubflowData<T, E>(Class<T> type, int elementSize, Element<E> element, Function<List<E>, T> collect)
        implements Codec<T> {
    private static final int HEAD = 16;
    private static final int NUM_SUBFLOWS = 4;
    private static final int SIZE_USER = 12;
    /** The kernel's limit is 8 and the first one. */
    static final int SUBFLOWS = 16;

    /** Reads an element. */
    @FunctionalInterface
    interface Element<E> {
        E decode(ByteBuffer b, int at, int length);
    }

    @Override
    public int size() {
        return HEAD + SUBFLOWS * elementSize;
    }

    @Override
    public int encode(T value, ByteBuffer b) {
        throw new UnsupportedOperationException(type.getSimpleName() + " can only be read");
    }

    @Override
    public int request(@Nullable T request, ByteBuffer b) {
        b.putInt(0, HEAD);
        b.putInt(SIZE_USER, elementSize);
        return size();
    }

    @Override
    public T decode(ByteBuffer b, int length) {
        int stride = b.getInt(SIZE_USER);
        int count = Math.min(b.getInt(NUM_SUBFLOWS), SUBFLOWS);
        List<E> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(element.decode(b, HEAD + i * stride, stride));
        }
        return collect.apply(elements);
    }
}
