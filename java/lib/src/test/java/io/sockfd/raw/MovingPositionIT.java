package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
}
