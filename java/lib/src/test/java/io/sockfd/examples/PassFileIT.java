package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.exampleCommand;
import static io.sockfd.examples.Programs.python;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PassFile. The JDK cannot pass descriptors, hence the peers are the other role and python. */
@Timeout(90)
@Tag("once")
class PassFileIT {
    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("pass.sock");
    }

    private Path file() throws IOException {
        return Files.writeString(directory.resolve("file"), "the content\n");
    }

    @Test
    void fromOneRoleToTheOther() throws Exception {
        try (Program receiver = example("PassFile", "receive", path().toString())) {
            receiver.await("listening on ");
            Path file = file();
            try (Program sender = Program.startOn(file, exampleCommand("PassFile", "send", path().toString()))) {
                Files.delete(file); // nobody can open it any more
                sender.end();
            }
            String output = receiver.end();
            assertTrue(output.contains("\ngot a file as descriptor "), output);
            assertTrue(output.endsWith("\nthe content\n"), output);
        }
        assertFalse(Files.exists(path()));
    }

    @Test
    void toPython() throws Exception {
        try (Program receiver = python("""
                import os, socket, sys
                with socket.socket(socket.AF_UNIX) as s:
                    s.bind(sys.argv[1])
                    s.listen()
                    print('listening')
                    c, _ = s.accept()
                    with c:
                        data, fds, flags, _ = socket.recv_fds(c, 100, 5)
                        print(data, len(fds), os.read(fds[0], 100))
                """, path().toString())) {
            receiver.await("listening");
            try (Program sender = Program.startOn(file(), exampleCommand("PassFile", "send", path().toString()))) {
                sender.end();
                assertEquals("listening\nb'a file' 1 b'the content\\n'\n", receiver.end());
            }
        }
    }

    @Test
    void fromPythonInTheMidstOfTheFile() throws Exception {
        try (Program receiver = example("PassFile", "receive", path().toString())) {
            receiver.await("listening on ");
            try (Program sender = python("""
                    import os, socket, sys
                    with socket.socket(socket.AF_UNIX) as s, open(sys.argv[2], 'rb') as f:
                        s.connect(sys.argv[1])
                        os.lseek(f.fileno(), 4, os.SEEK_SET)
                        socket.send_fds(s, [b'from python'], [f.fileno()])
                    """, path().toString(), file().toString())) {
                sender.end();
            }
            String output = receiver.end();
            assertTrue(output.contains("\ngot from python as descriptor "), output);
            assertTrue(output.endsWith("\ncontent\n"), output);
        }
    }

    @Test
    void aMessageWithoutADescriptor() throws Exception {
        try (Program receiver = example("PassFile", "receive", path().toString())) {
            receiver.await("listening on ");
            try (Program sender = python("""
                    import socket, sys
                    with socket.socket(socket.AF_UNIX) as s:
                        s.connect(sys.argv[1])
                        s.sendall(b'nothing')
                    """, path().toString())) {
                sender.end();
            }
            receiver.end(1);
            assertTrue(receiver.errors().contains("TruncatedMessageException"), receiver::errors);
        }
    }
}
