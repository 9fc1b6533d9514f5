package io.sockfd.nio.twin;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;

/** Pipe, both ends in each of their states. */
@SuppressWarnings({"NullAway", "ReferenceEquality"}) // null is tried, too, and what must be one object
final class PipeTwins {
    private PipeTwins() {}

    static List<Table<?>> tables() {
        return List.of(source(), sink());
    }

    private static Table<Pipe.SourceChannel> source() {
        Table<Pipe.SourceChannel> table = new Table<>("Pipe.SourceChannel");
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "empty", b -> mode(pipe(b).source(), blocking))
                    .state(mode + "with data", b -> {
                        Pipe pipe = pipe(b);
                        pipe.sink().write(ByteBuffer.allocate(100));
                        return mode(pipe.source(), blocking);
                    })
                    .state(mode + "at its end", b -> {
                        Pipe pipe = pipe(b);
                        pipe.sink().close();
                        return mode(pipe.source(), blocking);
                    })
                    .state(mode + "closed", b -> {
                        Pipe.SourceChannel source = mode(pipe(b).source(), blocking);
                        source.close();
                        return source;
                    });
        }
        String[] waiting = {"empty"};
        table.waits("read", (b, c) -> c.read(ByteBuffer.allocate(10)), waiting)
                .waits("read direct", (b, c) -> c.read(ByteBuffer.allocateDirect(10)), waiting)
                .waits("read 2", (b, c) -> c.read(StreamTwins.buffers(2, 10)), waiting)
                .step("read nothing", (b, c) -> c.read(ByteBuffer.allocate(0)))
                .step("read null", (b, c) -> c.read((ByteBuffer) null))
                .step("read read-only", (b, c) -> c.read(ByteBuffer.allocate(5).asReadOnlyBuffer()))
                .step("read no buffers", (b, c) -> c.read(new ByteBuffer[0]))
                .step("read null buffers", (b, c) -> c.read((ByteBuffer[]) null))
                .step("read 2 of nothing", (b, c) -> c.read(StreamTwins.buffers(2, 0)))
                .step("read beyond", (b, c) -> c.read(StreamTwins.buffers(2, 10), 1, 2))
                .step("read a null among 2", (b, c) -> c.read(new ByteBuffer[] {ByteBuffer.allocate(1), null}))
                .step("close", (b, c) -> ServerTwins.done(c::close))
                .step("configureBlocking(false)", (b, c) -> c.configureBlocking(false));
        Selections.add(table);
        return table.look("isOpen", (b, c) -> c.isOpen()).look("isRegistered", (b, c) -> c.isRegistered());
    }

    private static Table<Pipe.SinkChannel> sink() {
        Table<Pipe.SinkChannel> table = new Table<>("Pipe.SinkChannel");
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "empty", b -> mode(pipe(b).sink(), blocking))
                    .state(mode + "without a reader", b -> {
                        Pipe pipe = pipe(b);
                        pipe.source().close();
                        return mode(pipe.sink(), blocking);
                    })
                    .state(mode + "closed", b -> {
                        Pipe.SinkChannel sink = mode(pipe(b).sink(), blocking);
                        sink.close();
                        return sink;
                    });
        }
        table.step("write", (b, c) -> c.write(ByteBuffer.allocate(10)))
                .step("write direct", (b, c) -> c.write(ByteBuffer.allocateDirect(10)))
                .step("write 2", (b, c) -> c.write(StreamTwins.buffers(2, 10)))
                .step("write nothing", (b, c) -> c.write(ByteBuffer.allocate(0)))
                .step("write null", (b, c) -> c.write((ByteBuffer) null))
                .step("write no buffers", (b, c) -> c.write(new ByteBuffer[0]))
                .step("write null buffers", (b, c) -> c.write((ByteBuffer[]) null))
                .step("write 2 of nothing", (b, c) -> c.write(StreamTwins.buffers(2, 0)))
                .step("write beyond", (b, c) -> c.write(StreamTwins.buffers(2, 10), 1, 2))
                .step("write a null among 2", (b, c) -> c.write(new ByteBuffer[] {ByteBuffer.allocate(1), null}))
                .step("close", (b, c) -> ServerTwins.done(c::close))
                .step("configureBlocking(false)", (b, c) -> c.configureBlocking(false));
        Selections.add(table);
        return table.look("isOpen", (b, c) -> c.isOpen()).look("isRegistered", (b, c) -> c.isRegistered());
    }

    private static Pipe pipe(Bench b) throws Exception {
        Pipe pipe = b.provider.openPipe();
        b.keep(pipe.source());
        b.keep(pipe.sink());
        return pipe;
    }

    private static <C extends java.nio.channels.SelectableChannel> C mode(C channel, boolean blocking)
            throws Exception {
        channel.configureBlocking(blocking);
        return channel;
    }
}
