/*
 * Takes descriptors from other programs, each with one of the process that sent it (SO_PASSPIDFD, Linux 6.5): a process
 * id may be another's a moment later, a pidfd never. What was given is kept for as long as the giver lives.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/PassProcess.java /tmp/keeper.sock
 *
 * Peer: in Python, socket.send_fds
 */

import static io.sockfd.option.SocketOptions.SO_PASSCRED;
import static io.sockfd.option.SocketOptions.SO_PASSPIDFD;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.Descriptor;
import io.sockfd.Message;
import io.sockfd.PidFd;
import io.sockfd.Socket;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

public class PassProcess {
    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        Files.deleteIfExists(path);
        try (Socket keeper = Socket.unixDatagram();
                Message message = new Message()) {
            keeper.setOption(SO_PASSCRED, true).setOption(SO_PASSPIDFD, true).bind(UnixDomainSocketAddress.of(path));
            System.out.println("keeping for " + path);
            ByteBuffer name = ByteBuffer.allocate(100);
            while (true) {
                keeper.receiveMessage(message.data(name.clear()), 0);
                String what = StandardCharsets.UTF_8.decode(name.flip()).toString();
                long pid = message.incoming().credentials().pid();
                PidFd giver = message.takePidFd();
                Descriptor[] kept = message.takeDescriptors();
                System.out.println("process " + pid + " gave " + kept.length + ": " + what);
                new Thread(() -> keep(giver, kept, what)).start();
            }
        }
    }

    /** A pidfd is readable from the end of its process on. */
    private static void keep(PidFd giver, Descriptor[] kept, String what) {
        try (giver) {
            int ended = giver.poll(POLLIN, null);
            for (Descriptor one : kept) {
                one.close();
            }
            System.out.println("gone with its giver: " + what);
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
