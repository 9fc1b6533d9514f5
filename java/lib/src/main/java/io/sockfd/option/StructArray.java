package io.sockfd.option;

import io.sockfd.Codec;
import java.nio.ByteBuffer;

/** An array of structs that the kernel only takes. */
record StructArray<E>(Class<E[]> type, int elementSize, Writer<E> writer) implements Codec<E[]> {

    /** Writes an element at an offset. */
    @FunctionalInterface
    interface Writer<E> {
        void write(E element, ByteBuffer b, int at);
    }

    @Override
    public int size() {
        return elementSize;
    }

    @Override
    public int size(E[] value) {
        return value.length * elementSize;
    }

    @Override
    public int encode(E[] value, ByteBuffer b) {
        for (int i = 0; i < value.length; i++) {
            writer.write(value[i], b, i * elementSize);
        }
        return value.length * elementSize;
    }

    @Override
    public E[] decode(ByteBuffer b, int length) {
        throw new UnsupportedOperationException(type.getSimpleName() + " can only be set");
    }
}
