package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PassListener. The clients that the passed socket accepts are the JDK's. */
@Timeout(90)
@Tag("once")
class PassListenerIT {
    @TempDir
    Path directory;

    private String path() {
        return directory.resolve("listener.sock").toString();
    }

    private static String read(SocketAddress address) throws IOException {
        try (SocketChannel client = SocketChannel.open(address)) {
            return new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
        }
    }

    @Test
    void fromOneRoleToTheOther() throws Exception {
        try (Program taker = example("PassListener", "take", path())) {
            taker.await("listening on ");
            String address;
            try (Program giver = example("PassListener", "give", path(), "127.0.0.1:0")) {
                address = giver.await("gave ").replace(" away", "");
                giver.end();
            }
            // the giver has ended, and the socket lives on
            assertEquals(address, taker.await("serving "));
            for (int i = 0; i < 2; i++) {
                assertEquals("hello from process " + taker.pid() + "\n", read(Addresses.parse(address)));
            }
            assertFalse(Files.exists(Path.of(path())));
        }
    }

    @Test
    void fromPythonWithAClientThatWaitsAlready() throws Exception {
        try (Program taker = example("PassListener", "take", path());
                Program giver = python("""
                        import socket, sys
                        with socket.socket(socket.AF_UNIX) as s, socket.create_server(('127.0.0.1', 0)) as listener:
                            print('port', listener.getsockname()[1])
                            sys.stdin.readline()
                            s.connect(sys.argv[1])
                            socket.send_fds(s, [b'x'], [listener.fileno()])
                        """, path())) {
            taker.await("listening on ");
            SocketAddress address = Addresses.parse("127.0.0.1:" + giver.await("port "));
            try (SocketChannel early = SocketChannel.open(address)) {
                giver.say("go");
                giver.end();
                String greeting = new String(Channels.newInputStream(early).readAllBytes(), UTF_8);
                assertEquals("hello from process " + taker.pid() + "\n", greeting);
            }
        }
    }

    @Test
    void toPython() throws Exception {
        try (Program taker = python("""
                import os, socket, sys
                with socket.socket(socket.AF_UNIX) as s:
                    s.bind(sys.argv[1])
                    s.listen()
                    print('listening')
                    c, _ = s.accept()
                    with c:
                        data, fds, flags, _ = socket.recv_fds(c, 1, 5)
                    with socket.socket(fileno=fds[0]) as listener:
                        print('blocking', os.get_blocking(fds[0]))
                        listener.setblocking(True)
                        client, peer = listener.accept()
                        with client:
                            client.sendall(b'from python')
                """, path())) {
            taker.await("listening");
            try (Program giver = example("PassListener", "give", path(), "127.0.0.1:0")) {
                SocketAddress address = Addresses.parse(giver.await("gave ").replace(" away", ""));
                giver.end();
                // as the example's comment says
                assertEquals("False", taker.await("blocking "));
                assertEquals("from python", read(address));
                taker.end();
            }
        }
    }
}
