package io.sockfd.raw;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A buffer's address is asked for once and remembered: it must be right even when its position moves meanwhile. */
class MovingPositionIT {
    private static final int SIZE = 1024;
    private static final int BUFFERS = 200_000;

    private volatile @Nullable ByteBuffer moving;
    private volatile boolean over;

    @Test
    void anAddressIsThatOfTheFirstByteWhoeverMovesThePosition() throws InterruptedException {
        ByteBuffer whole = ByteBuffer.allocateDirect(3 * SIZE);
        long expected = Memory.address(whole) + SIZE;
        Thread mover = new Thread(() -> {
            while (!over) {
                ByteBuffer buffer = moving;
                for (int i = 0; buffer != null && i < 100; i++) {
                    buffer.position(900);
                    VarHandle.fullFence();
                    buffer.position(0);
                    VarHandle.fullFence();
                }
            }
        });
        mover.start();
        int wrong = 0;
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuffer buffer = whole.slice(SIZE, SIZE);
            moving = buffer;
            if (Memory.address(buffer) != expected || Memory.steadyAddress(buffer) != expected) {
                wrong++;
            }
        }
        over = true;
        mover.join();
        assertEquals(0, wrong, "of " + BUFFERS);
    }

    /** More than the lower bits of an address tell apart: a file without blocks, mapped. */
    @Test
    void alsoInAVeryLongBuffer(@TempDir Path folder) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve("long"), CREATE_NEW, READ, WRITE)) {
            ByteBuffer whole = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
            long expected = Memory.address(whole);
            for (int at : new int[] {0, 1, SIZE, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE}) {
                for (int length : new int[] {0, SIZE, (1 << 30) - 1, 1 << 30, Integer.MAX_VALUE}) {
                    if (length <= Integer.MAX_VALUE - at) {
                        ByteBuffer part = whole.slice(at, length);
                        assertEquals(expected + at, Memory.address(part.position(length)));
                        assertEquals(expected + at, Memory.steadyAddress(part));
                    }
                }
                assertEquals(expected, Memory.address(whole.duplicate().position(at)));
            }
        }
    }

    /** As netty has them: the address of the one is not taken for that of the other. */
    @Test
    void ofManyNewObjectsOverFewPlaces() {
        List<ByteBuffer> memory = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            memory.add(ByteBuffer.allocateDirect(SIZE));
            expected.add(Memory.address(memory.get(i)));
        }
        List<ByteBuffer> kept = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            int of = i % memory.size();
            int at = i % SIZE;
            ByteBuffer form = memory.get(of).slice(at, SIZE - at);
            assertEquals(expected.get(of) + at, Memory.address(form));
            if (i % 100 == 0) {
                kept.add(form);
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            int at = i * 100;
            assertEquals(expected.get(at % memory.size()) + at % SIZE, Memory.steadyAddress(kept.get(i)));
        }
    }
}
