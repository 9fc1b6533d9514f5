/*
 * Gives an open file to another process: the descriptor itself goes over a UNIX socket, not the bytes. The receiver
 * needs no right to open the file, and no path to it.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/PassFile.java receive /tmp/pass.sock
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/PassFile.java send /tmp/pass.sock < /etc/hostname
 *
 * Peer: in Python, socket.send_fds and socket.recv_fds.
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

public class PassFile {
    private static final int STANDARD_INPUT = 0;

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[1]);
        if (args[0].equals("send")) {
            send(path);
        } else {
            receive(path);
        }
    }

    /** The shell has opened the file as our standard input. */
    private static void send(Path path) throws IOException {
        try (Socket socket = Socket.unixStream();
                Message message = new Message()) {
            socket.connect(UnixDomainSocketAddress.of(path));
            message.outgoing().rights(STANDARD_INPUT);
            // on a stream, descriptors travel with at least one byte of data
            socket.sendMessage(message.data(ByteBuffer.wrap("a file".getBytes(UTF_8))), 0);
        }
    }

    private static void receive(Path path) throws IOException {
        Files.deleteIfExists(path);
        try (Socket listener = Socket.unixStream().bind(UnixDomainSocketAddress.of(path)).listen()) {
            System.out.println("listening on " + path);
            try (Socket client = listener.accept();
                    Message message = new Message()) {
                ByteBuffer what = ByteBuffer.allocate(64);
                client.receiveMessage(message.data(what), 0);
                // exactly one, or an exception: nothing that arrived is left open
                try (Descriptor file = message.takeDescriptors(1)[0]) {
                    System.out.println("got " + UTF_8.decode(what.flip()) + " as descriptor " + file.fd());
                    print(file);
                }
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** A number is all that C needs. Sender and receiver share the file's position. */
    private static void print(Descriptor file) throws IOException {
        ByteBuffer buffer = Memory.allocate(4096);
        int length;
        while ((length = (int) Libc.get().read(file.fd(), Memory.address(buffer), buffer.capacity())) > 0) {
            System.out.print(UTF_8.decode(buffer.slice(0, length)));
        }
        Errors.check(length, "read");
        System.out.flush();
    }
}
