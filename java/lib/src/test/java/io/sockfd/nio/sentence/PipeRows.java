package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.assertReads;
import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Case.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;

/** Pipe, and SelectorProvider. */
final class PipeRows {
    private PipeRows() {}

    static void add(Table table) {
        pipe(table);
        blocked(table);
        provider(table);
    }

    private static void pipe(Table table) {
        table.of("Pipe").says("what is written to the sink is read from the source, in order", c -> {
            Pipe pipe = c.pipe();
            assertEquals(3, pipe.sink().write(bytes("abc")));
            assertEquals(2, pipe.sink().write(bytes("de")));
            assertReads("abcde", pipe.source());
        });
        table.of("Pipe.SourceChannel.read()")
                .says("-1 once the sink is closed and all was read", c -> {
                    Pipe pipe = c.pipe();
                    pipe.sink().write(bytes("x"));
                    pipe.sink().close();
                    assertReads("x", pipe.source());
                    assertEquals(-1, pipe.source().read(ByteBuffer.allocate(1)));
                })
                .says("not blocking, nothing there: 0", c -> {
                    Pipe pipe = c.pipe();
                    pipe.source().configureBlocking(false);
                    assertEquals(0, pipe.source().read(ByteBuffer.allocate(1)));
                    assertEquals(0, pipe.source().read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
                })
                .says("scatters, from the offset on", c -> {
                    Pipe pipe = c.pipe();
                    pipe.sink().write(bytes("abcd"));
                    ByteBuffer[] in = {ByteBuffer.allocate(1), ByteBuffer.allocate(1), ByteBuffer.allocateDirect(9)};
                    assertEquals(4, pipe.source().read(in, 1, 2));
                    assertEquals(0, in[0].position());
                    assertEquals("a", text(in[1]));
                    assertEquals("bcd", text(in[2]));
                    assertThrows(
                            IndexOutOfBoundsException.class, () -> pipe.source().read(in, 2, 2));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    Pipe pipe = c.pipe();
                    pipe.source().close();
                    assertThrows(
                            ClosedChannelException.class, () -> pipe.source().read(ByteBuffer.allocate(1)));
                })
                .says(
                        "a read-only buffer: IllegalArgumentException",
                        c -> assertThrows(
                                IllegalArgumentException.class,
                                () -> c.pipe()
                                        .source()
                                        .read(ByteBuffer.allocate(1).asReadOnlyBuffer())))
                .says("heap, direct, sliced and offset buffers", c -> {
                    Pipe pipe = c.pipe();
                    for (ByteBuffer buffer : Buffers.kinds(8)) {
                        pipe.sink().write(bytes("12345678"));
                        pipe.source().read(buffer);
                        assertEquals("12345678", Buffers.last(buffer, 8));
                    }
                });
        table.of("Pipe.SinkChannel.write()")
                .says("gathers, from the offset on", c -> {
                    Pipe pipe = c.pipe();
                    assertEquals(3, pipe.sink().write(new ByteBuffer[] {bytes("no"), bytes("ab"), bytes("c")}, 1, 2));
                    assertReads("abc", pipe.source());
                    assertThrows(
                            IndexOutOfBoundsException.class, () -> pipe.sink().write(new ByteBuffer[1], 1, 1));
                })
                .says("the source is closed: IOException", c -> {
                    Pipe pipe = c.pipe();
                    pipe.source().close();
                    IOException e =
                            assertThrows(IOException.class, () -> pipe.sink().write(bytes("x")));
                    assertFalse(e instanceof ClosedChannelException);
                    assertTrue(String.valueOf(e.getMessage()).contains("Broken pipe"), e.toString());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    Pipe pipe = c.pipe();
                    pipe.sink().close();
                    assertThrows(ClosedChannelException.class, () -> pipe.sink().write(bytes("x")));
                })
                .says("not blocking, no room: 0 in the end; what was written arrives", c -> {
                    Pipe pipe = c.pipe();
                    pipe.sink().configureBlocking(false);
                    long sent = Buffers.fill(pipe.sink());
                    pipe.sink().close();
                    assertEquals(sent, Buffers.drain(pipe.source()));
                });
        table.of("Pipe.close()").says("closing one end leaves the other open", c -> {
            Pipe pipe = c.pipe();
            pipe.sink().close();
            assertTrue(pipe.source().isOpen());
            assertFalse(pipe.sink().isOpen());
            assertSame(pipe.source(), pipe.source());
        });
    }

    private static void blocked(Table table) {
        table.of("Pipe.SourceChannel.read()")
                .waits("waits for bytes", c -> {
                    Pipe pipe = c.pipe();
                    Work read = c.waiting(() -> assertEquals(1, pipe.source().read(ByteBuffer.allocate(5))));
                    pipe.sink().write(bytes("x"));
                    read.done();
                })
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    Pipe pipe = c.pipe();
                    Work read = c.waiting(() -> pipe.source().read(ByteBuffer.allocate(1)));
                    pipe.source().close();
                    read.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException, closed, interrupt status set", c -> {
                    Pipe pipe = c.pipe();
                    Work read = c.waiting(() -> pipe.source().read(ByteBuffer.allocate(1)));
                    read.interrupt();
                    read.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(pipe.source().isOpen());
                    assertTrue(pipe.sink().isOpen());
                })
                .waits("the sink is closed meanwhile: -1", c -> {
                    Pipe pipe = c.pipe();
                    Work read = c.waiting(() -> assertEquals(-1, pipe.source().read(ByteBuffer.allocate(1))));
                    pipe.sink().close();
                    read.done();
                });
        table.of("Pipe.SinkChannel.write()")
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    Pipe pipe = full(c);
                    Work write = c.waiting(() -> pipe.sink().write(bytes("x")));
                    pipe.sink().close();
                    write.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException", c -> {
                    Pipe pipe = full(c);
                    Work write = c.waiting(() -> pipe.sink().write(bytes("x")));
                    write.interrupt();
                    write.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(pipe.sink().isOpen());
                })
                .waits("the source is closed meanwhile: IOException", c -> {
                    Pipe pipe = full(c);
                    Work write = c.waiting(() -> pipe.sink().write(bytes("x")));
                    pipe.source().close();
                    write.ends(IOException.class);
                });
    }

    private static Pipe full(Case c) throws IOException {
        Pipe pipe = c.pipe();
        pipe.sink().configureBlocking(false);
        Buffers.fill(pipe.sink());
        pipe.sink().configureBlocking(true);
        return pipe;
    }

    private static void provider(Table table) {
        table.of("SelectorProvider.openDatagramChannel()")
                .says("of a family: bound to an address of it", c -> {
                    var four = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
                    four.bind(null);
                    assertEquals(
                            4,
                            ((InetSocketAddress) four.getLocalAddress())
                                    .getAddress()
                                    .getAddress()
                                    .length);
                    var six = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET6));
                    six.bind(null);
                    assertNotNull(six.getLocalAddress());
                })
                .says("null: NullPointerException; a family of nobody: UnsupportedOperationException", c -> {
                    ProtocolFamily odd = () -> "ODD";
                    assertThrows(NullPointerException.class, () -> c.provider().openDatagramChannel(null));
                    assertThrows(NullPointerException.class, () -> c.provider().openSocketChannel(null));
                    assertThrows(NullPointerException.class, () -> c.provider().openServerSocketChannel(null));
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> c.provider().openDatagramChannel(odd));
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> c.provider().openSocketChannel(odd));
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> c.provider().openServerSocketChannel(odd));
                });
        table.of("SelectorProvider.inheritedChannel()").says("null where descriptor 0 is no socket", c -> {
            if (!java.nio.file.Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/fd/0"))
                    .toString()
                    .startsWith("socket")) {
                assertNull(c.provider().inheritedChannel());
            }
        });
    }
}
