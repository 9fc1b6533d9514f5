package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.assertReads;
import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Case.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;

/** SocketChannel when it is connected: over TCP and over UNIX alike. */
final class StreamIoRows {
    private StreamIoRows() {}

    /** Makes a connection. */
    private interface Family {
        Case.Ends ends(Case c) throws Exception;
    }

    static void add(Table table) {
        add(table, "SocketChannel", Case::tcp);
        add(table, "SocketChannel(UNIX)", Case::unix);
        reset(table);
    }

    private static void add(Table table, String name, Family family) {
        reads(table, name, family);
        writes(table, name, family);
        halves(table, name, family);
        blocked(table, name, family);
    }

    private static void reads(Table table, String name, Family family) {
        table.of(name + ".read()")
                .says("returns the number of bytes, and the position moves by it", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().write(bytes("abc"));
                    ByteBuffer buffer = ByteBuffer.allocate(10).position(2);
                    assertEquals(3, ends.client().read(buffer));
                    assertEquals(5, buffer.position());
                    assertEquals("abc", text(buffer).substring(2));
                })
                .says("-1 at the end, again and again", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().close();
                    assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
                    assertEquals(-1, ends.client().read(ByteBuffer.allocateDirect(1)));
                    assertEquals(-1, ends.client().read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
                })
                .says("what was sent before the peer closed comes first", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().write(bytes("last"));
                    ends.server().close();
                    assertReads("last", ends.client());
                    assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
                })
                .says("not blocking, nothing there: 0", c -> {
                    SocketChannel client = family.ends(c).client();
                    client.configureBlocking(false);
                    assertEquals(0, client.read(ByteBuffer.allocate(1)));
                    assertEquals(0, client.read(new ByteBuffer[] {ByteBuffer.allocateDirect(1)}));
                })
                .says(
                        "a buffer without room: 0, without waiting",
                        c -> assertEquals(0, family.ends(c).client().read(ByteBuffer.allocate(0))))
                .says("no more than there is room for", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().write(bytes("abcdef"));
                    assertEquals(2, ends.client().read(ByteBuffer.allocate(9).limit(2)));
                    assertReads("cdef", ends.client());
                })
                .says("a read-only buffer: IllegalArgumentException", c -> {
                    SocketChannel client = family.ends(c).client();
                    ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
                    assertThrows(IllegalArgumentException.class, () -> client.read(readOnly));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> client.read(new ByteBuffer[] {ByteBuffer.allocate(1), readOnly}));
                })
                .says("null: NullPointerException", c -> {
                    SocketChannel client = family.ends(c).client();
                    assertThrows(NullPointerException.class, () -> client.read((ByteBuffer) null));
                    assertThrows(NullPointerException.class, () -> client.write((ByteBuffer) null));
                    assertTrue(client.isOpen());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel client = family.ends(c).client();
                    client.close();
                    assertThrows(ClosedChannelException.class, () -> client.read(ByteBuffer.allocate(1)));
                    assertThrows(
                            ClosedChannelException.class, () -> client.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
                })
                .says("heap, direct, sliced and offset buffers all get the same bytes", c -> {
                    Case.Ends ends = family.ends(c);
                    for (ByteBuffer buffer : Buffers.kinds(8)) {
                        ends.server().write(bytes("12345678"));
                        while (buffer.hasRemaining()) {
                            assertTrue(ends.client().read(buffer) > 0);
                        }
                        assertEquals("12345678", Buffers.last(buffer, 8));
                    }
                });
        table.of(name + ".read(ByteBuffer[], int, int)")
                .says("fills the buffers one after the other, from the offset on, as many as the length says", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().write(bytes("abcde"));
                    ByteBuffer[] buffers = {
                        ByteBuffer.allocate(2),
                        ByteBuffer.allocate(2),
                        ByteBuffer.allocateDirect(2),
                        ByteBuffer.allocate(2)
                    };
                    assertEquals(4, ends.client().read(buffers, 1, 2));
                    assertEquals(0, buffers[0].position());
                    assertEquals("ab", text(buffers[1]));
                    assertEquals("cd", text(buffers[2]));
                    assertEquals(0, buffers[3].position());
                })
                .says("an offset or a length out of range: IndexOutOfBoundsException", c -> {
                    SocketChannel client = family.ends(c).client();
                    ByteBuffer[] two = {ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
                    int[][] wrong = {{-1, 1}, {0, -1}, {3, 0}, {1, 2}, {0, 3}, {Integer.MAX_VALUE, 1}};
                    for (int[] w : wrong) {
                        assertThrows(IndexOutOfBoundsException.class, () -> client.read(two, w[0], w[1]));
                        assertThrows(IndexOutOfBoundsException.class, () -> client.write(two, w[0], w[1]));
                    }
                })
                .says("no buffers, or none with room: 0", c -> {
                    SocketChannel client = family.ends(c).client();
                    assertEquals(0, client.read(new ByteBuffer[0]));
                    assertEquals(0, client.read(new ByteBuffer[] {ByteBuffer.allocate(1)}, 1, 0));
                    assertEquals(0, client.read(new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.allocate(0)}));
                });
    }

    private static void writes(Table table, String name, Family family) {
        table.of(name + ".write()")
                .says("blocking: all that remains, and the position moves to the limit", c -> {
                    Case.Ends ends = family.ends(c);
                    ByteBuffer buffer = bytes("..abc..").position(2).limit(5);
                    assertEquals(3, ends.client().write(buffer));
                    assertEquals(5, buffer.position());
                    assertReads("abc", ends.server());
                })
                .says("heap, direct, sliced, offset and read-only buffers all send their bytes", c -> {
                    Case.Ends ends = family.ends(c);
                    for (ByteBuffer buffer : Buffers.kinds(8)) {
                        buffer.duplicate().put(bytes("12345678"));
                        ends.client().write(buffer.asReadOnlyBuffer());
                        assertReads("12345678", ends.server());
                    }
                })
                .says(
                        "an empty buffer: 0",
                        c -> assertEquals(0, family.ends(c).client().write(ByteBuffer.allocate(0))))
                .says("not blocking, no room: 0 in the end, and what was written is what arrives", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.client().configureBlocking(false);
                    long sent = Buffers.fill(ends.client());
                    int more = ends.client().write(ByteBuffer.allocate(1));
                    while (more > 0) { // TCP makes a little room once more
                        sent += more;
                        more = ends.client().write(ByteBuffer.allocate(1));
                    }
                    assertEquals(0, more);
                    ends.client().close();
                    assertEquals(sent, Buffers.drain(ends.server()));
                })
                .waits("blocking, more than there is room for: waits until all is written", c -> {
                    Case.Ends ends = family.ends(c);
                    int size = 8 << 20;
                    Work write = c.start(() -> {
                        ByteBuffer buffer = ByteBuffer.allocate(size);
                        int first = ends.client().write(buffer);
                        assertEquals(
                                c.isVirtual() ? first : size, first); // the JDK's returns early on a virtual thread
                        while (buffer.hasRemaining()) {
                            ends.client().write(buffer);
                        }
                        ends.client().close();
                    });
                    assertEquals(size, Buffers.drain(ends.server()));
                    write.done();
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel client = family.ends(c).client();
                    client.close();
                    assertThrows(ClosedChannelException.class, () -> client.write(bytes("x")));
                    assertThrows(ClosedChannelException.class, () -> client.write(new ByteBuffer[] {bytes("x")}));
                })
                .says("to a peer that is gone: IOException in the end, and the channel stays open", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().close();
                    assertThrows(IOException.class, () -> {
                        for (int i = 0; i < 1000; i++) {
                            ends.client().write(bytes("x"));
                            Thread.sleep(1);
                        }
                    });
                    assertTrue(ends.client().isOpen());
                });
        table.of(name + ".write(ByteBuffer[], int, int)")
                .says("gathers from the offset on, as many buffers as the length says", c -> {
                    Case.Ends ends = family.ends(c);
                    ByteBuffer[] buffers = {bytes("no"), bytes("ab"), bytes(""), bytes("cde"), bytes("no")};
                    assertEquals(5, ends.client().write(buffers, 1, 3));
                    assertEquals(2, buffers[0].remaining());
                    assertEquals(0, buffers[3].remaining());
                    assertEquals(2, buffers[4].remaining());
                    assertReads("abcde", ends.server());
                })
                .says("more buffers than the kernel takes at once: those that were written, then the rest", c -> {
                    Case.Ends ends = family.ends(c);
                    ByteBuffer[] many = new ByteBuffer[2500];
                    for (int i = 0; i < many.length; i++) {
                        many[i] = bytes(Integer.toString(i % 10));
                    }
                    long sent = 0;
                    while (sent < many.length) {
                        long n = ends.client().write(many);
                        assertTrue(n > 0);
                        sent += n;
                        assertEquals(0, many[(int) sent - 1].remaining());
                    }
                    assertReads("0123456789".repeat(250), ends.server());
                })
                .says("nothing in the buffers: 0", c -> {
                    SocketChannel client = family.ends(c).client();
                    assertEquals(0, client.write(new ByteBuffer[0]));
                    assertEquals(0, client.write(new ByteBuffer[] {ByteBuffer.allocate(0)}));
                });
        table.of(name + ".read()").says("not connected: NotYetConnectedException, for each of the four", c -> {
            SocketChannel channel = c.channel();
            ByteBuffer[] one = {ByteBuffer.allocate(1)};
            assertThrows(NotYetConnectedException.class, () -> channel.read(one[0]));
            assertThrows(NotYetConnectedException.class, () -> channel.read(one));
            assertThrows(NotYetConnectedException.class, () -> channel.write(one[0]));
            assertThrows(NotYetConnectedException.class, () -> channel.write(one));
            assertThrows(NotYetConnectedException.class, channel::shutdownInput);
            assertThrows(NotYetConnectedException.class, channel::shutdownOutput);
        });
    }

    private static void halves(Table table, String name, Family family) {
        table.of(name + ".shutdownInput()")
                .says("returns this channel, reads give -1 from then on", c -> {
                    Case.Ends ends = family.ends(c);
                    assertSame(ends.client(), ends.client().shutdownInput());
                    assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
                    assertEquals(-1, ends.client().read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
                })
                .says(
                        "a second time: no effect",
                        c -> family.ends(c).client().shutdownInput().shutdownInput())
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel client = family.ends(c).client();
                    client.close();
                    assertThrows(ClosedChannelException.class, client::shutdownInput);
                    assertThrows(ClosedChannelException.class, client::shutdownOutput);
                })
                .says("writing still goes", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.client().shutdownInput();
                    ends.client().write(bytes("x"));
                    assertReads("x", ends.server());
                })
                .waits("ends a read that waits: -1", c -> {
                    SocketChannel client = family.ends(c).client();
                    Work read = c.waiting(() -> assertEquals(-1, client.read(ByteBuffer.allocate(1))));
                    client.shutdownInput();
                    read.done();
                });
        table.of(name + ".shutdownOutput()")
                .says("writes give ClosedChannelException from then on, the peer reads to the end", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.client().write(bytes("x"));
                    assertSame(ends.client(), ends.client().shutdownOutput());
                    assertThrows(
                            ClosedChannelException.class, () -> ends.client().write(bytes("y")));
                    assertThrows(
                            ClosedChannelException.class, () -> ends.client().write(new ByteBuffer[] {bytes("y")}));
                    assertReads("x", ends.server());
                    assertEquals(-1, ends.server().read(ByteBuffer.allocate(1)));
                })
                .says(
                        "a second time: no effect",
                        c -> family.ends(c).client().shutdownOutput().shutdownOutput())
                .says("reading still goes", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.client().shutdownOutput();
                    ends.server().write(bytes("answer"));
                    assertReads("answer", ends.client());
                    assertTrue(ends.client().isConnected());
                })
                .waits("ends a write that waits, by an IOException", c -> {
                    SocketChannel client = full(family.ends(c));
                    Work write = c.waiting(() -> writeOn(client));
                    client.shutdownOutput();
                    write.ends(IOException.class);
                });
    }

    private static void blocked(Table table, String name, Family family) {
        table.of(name + ".read()")
                .waits("blocking: waits for the first byte", c -> {
                    Case.Ends ends = family.ends(c);
                    ByteBuffer buffer = ByteBuffer.allocate(10);
                    Work read = c.waiting(() -> assertEquals(1, ends.client().read(buffer)));
                    assertTrue(read.isAlive());
                    ends.server().write(bytes("x"));
                    read.done();
                })
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    SocketChannel client = family.ends(c).client();
                    Work read = c.waiting(() -> client.read(ByteBuffer.allocate(1)));
                    client.close();
                    read.ends(AsynchronousCloseException.class).andIsInterrupted(false);
                })
                .waits("scattering, closed meanwhile: AsynchronousCloseException", c -> {
                    SocketChannel client = family.ends(c).client();
                    Work read = c.waiting(() -> client.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
                    client.close();
                    read.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException, closed, interrupt status set", c -> {
                    SocketChannel client = family.ends(c).client();
                    Work read = c.waiting(() -> client.read(ByteBuffer.allocate(1)));
                    read.interrupt();
                    read.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(client.isOpen());
                })
                .waits("interrupted before, bytes there: the same, and nothing is read", c -> {
                    Case.Ends ends = family.ends(c);
                    ends.server().write(bytes("x"));
                    ByteBuffer buffer = ByteBuffer.allocate(1);
                    c.start(() -> {
                                Thread.currentThread().interrupt();
                                ends.client().read(buffer);
                            })
                            .ends(ClosedByInterruptException.class)
                            .andIsInterrupted(true);
                    assertFalse(ends.client().isOpen());
                })
                .waits("another thread that reads waits for the first one", c -> {
                    Case.Ends ends = family.ends(c);
                    Work one = c.waiting(() -> assertEquals(1, ends.client().read(ByteBuffer.allocate(1))));
                    Work two = c.waiting(() -> assertEquals(1, ends.client().read(ByteBuffer.allocate(1))));
                    ends.server().write(bytes("ab"));
                    one.done();
                    two.done();
                })
                .waits("several wait, all end when it is closed", c -> {
                    SocketChannel client = family.ends(c).client();
                    Work one = c.waiting(() -> client.read(ByteBuffer.allocate(1)));
                    Work two = c.waiting(() -> client.read(ByteBuffer.allocate(1)));
                    client.close();
                    one.ends(ClosedChannelException.class);
                    two.ends(ClosedChannelException.class);
                });
        table.of(name + ".write()")
                .waits("does not wait for a read that waits", c -> {
                    Case.Ends ends = family.ends(c);
                    Work read = c.waiting(() -> assertReads("answer", ends.client()));
                    ends.client().write(bytes("question"));
                    assertReads("question", ends.server());
                    ends.server().write(bytes("answer"));
                    read.done();
                })
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    SocketChannel client = full(family.ends(c));
                    Work write = c.waiting(() -> writeOn(client));
                    client.close();
                    write.ends(AsynchronousCloseException.class);
                })
                .waits("gathering, closed meanwhile: AsynchronousCloseException", c -> {
                    SocketChannel client = full(family.ends(c));
                    Work write = c.waiting(() -> {
                        while (true) { // TCP may find more room
                            client.write(new ByteBuffer[] {bytes(""), bytes("x")});
                        }
                    });
                    client.close();
                    write.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException, closed, interrupt status set", c -> {
                    SocketChannel client = full(family.ends(c));
                    Work write = c.waiting(() -> writeOn(client));
                    write.interrupt();
                    write.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(client.isOpen());
                });
        table.of(name + ".close()").waits("ends a reader and a writer that wait", c -> {
            SocketChannel client = full(family.ends(c));
            Work read = c.waiting(() -> client.read(ByteBuffer.allocate(1)));
            Work write = c.waiting(() -> writeOn(client));
            client.close();
            read.ends(AsynchronousCloseException.class);
            write.ends(AsynchronousCloseException.class);
        });
    }

    /** One byte after the other: TCP may find more room, and what was written in part would return. */
    private static void writeOn(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        while (true) {
            channel.write(one.clear());
        }
    }

    /** The client, with no room left for what it writes. */
    private static SocketChannel full(Case.Ends ends) throws IOException {
        ends.server().setOption(StandardSocketOptions.SO_RCVBUF, 4096); // no more room by and by
        ends.client().setOption(StandardSocketOptions.SO_SNDBUF, 4096);
        ends.client().configureBlocking(false);
        Buffers.fill(ends.client());
        ends.client().configureBlocking(true);
        return ends.client();
    }

    private static void reset(Table table) {
        table.of("SocketChannel.read()")
                .says("reset by the peer: IOException, and again", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().setOption(StandardSocketOptions.SO_LINGER, 0);
                    ends.server().close();
                    ByteBuffer buffer = ByteBuffer.allocate(1);
                    Exception first =
                            assertThrows(IOException.class, () -> ends.client().read(buffer));
                    assertTrue(String.valueOf(first.getMessage()).contains("Connection reset"), first.toString());
                    assertThrows(IOException.class, () -> ends.client().read(buffer));
                    assertTrue(ends.client().isOpen());
                })
                .waits("reset meanwhile: IOException", c -> {
                    Case.Ends ends = c.tcp();
                    Work read = c.waiting(() -> ends.client().read(ByteBuffer.allocate(1)));
                    ends.server().setOption(StandardSocketOptions.SO_LINGER, 0);
                    ends.server().close();
                    read.ends(IOException.class);
                });
        table.of("SocketChannel.close()").says("a UNIX peer that goes with bytes unread is seen at once", c -> {
            Case.Ends ends = c.unix();
            ends.client().write(bytes("unread"));
            ends.server().close();
            assertThrows(IOException.class, () -> {
                if (ends.client().read(ByteBuffer.allocate(1)) < 0) {
                    throw new IOException("end of stream");
                }
            });
        });
        table.of("ReadableByteChannel.read()").says("a read-only buffer is left as it was", c -> {
            SocketChannel client = c.tcp().client();
            ByteBuffer readOnly = ByteBuffer.allocate(3).asReadOnlyBuffer();
            assertThrows(IllegalArgumentException.class, () -> client.read(readOnly));
            assertEquals(0, readOnly.position());
            assertThrows(ReadOnlyBufferException.class, () -> readOnly.put((byte) 0));
        });
    }
}
