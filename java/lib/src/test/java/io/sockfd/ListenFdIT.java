package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.event.EventFd;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link ListenFdChild} under a supervisor of a few lines of python, which passes descriptors of all kinds. */
@Timeout(300)
@Tag("once")
@Tag("grid")
class ListenFdIT {
    /** Opens what its first argument names, sets what its second does, and becomes the rest. {@code PID} is its own. */
    private static final String SUPERVISOR = """
            import fcntl, os, socket, sys, tempfile
            def make(kind):
                if kind == 'tcp':
                    return socket.create_server(('127.0.0.1', 0)).detach()
                if kind == 'udp':
                    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    s.bind(('127.0.0.1', 0))
                    return s.detach()
                if kind == 'unix':
                    s = socket.socket(socket.AF_UNIX)
                    s.bind('')
                    s.listen()
                    return s.detach()
                if kind == 'netlink':
                    return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).detach()
                if kind == 'fifo':
                    path = tempfile.mktemp()
                    os.mkfifo(path)
                    fd = os.open(path, os.O_RDWR)
                    os.unlink(path)
                    return fd
                if kind == 'file':
                    fd, path = tempfile.mkstemp()
                    os.unlink(path)
                    return fd
                if kind == 'path':
                    return os.open('/', os.O_PATH)
                if kind == 'null':
                    return os.open('/dev/null', os.O_RDWR)
            kinds = sys.argv[1].split(',') if sys.argv[1] else []
            # first out of the way of the numbers that they are to have
            high = [fcntl.fcntl(make(kind), fcntl.F_DUPFD, 100) for kind in kinds]
            for n in range(3, 40):
                try:
                    os.close(n)
                except OSError:
                    pass
            for n, fd in enumerate(high):
                os.dup2(fd, 3 + n, inheritable=True)
                os.close(fd)
            for setting in filter(None, sys.argv[2].split(' ')):
                name, value = setting.split('=', 1)
                if value == 'OWN':
                    try:
                        value = str(os.fstat(os.pidfd_open(os.getpid())).st_ino)
                    except AttributeError:
                        value = '0'
                os.environ[name] = value.replace('PID', str(os.getpid()))
            os.execvp(sys.argv[3], sys.argv[3:])
            """;

    @BeforeAll
    static void needsPython() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", "").start();
            assertEquals(0, process.waitFor());
        } catch (IOException e) {
            Assumptions.abort("python3 is not installed");
        }
    }

    private static String child(String kinds, String settings, String... steps) throws Exception {
        Leg.Result result = Leg.runUnder(
                List.of("python3", "-c", SUPERVISOR, kinds, settings), List.of(), ListenFdChild.class.getName(), steps);
        assertEquals(0, result.status(), result.output());
        return result.output();
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** All on the leg of the long tests, else the first two: each is a process. */
    private static <T> List<T> some(T[] cases) {
        return List.of(cases).subList(0, Leg.isLong() ? cases.length : 2);
    }

    /** The library and the application both ask; what both close is closed once. */
    @Test
    void twiceGivesTheSameObjects() throws Exception {
        assertEquals(
                List.of(
                        "sockets 2: 3 AF_INET, 4 AF_UNIX",
                        "the same: true",
                        "closes the first of the first call",
                        "another opens a pair, which has 3: true",
                        "closes all of the second call",
                        "the pair works: true",
                        "sockets 0:"),
                lines(child("tcp,unix", "LISTEN_FDS=2 LISTEN_PID=PID", "twice")));
    }

    @Test
    void anyKindOfDescriptorWithItsName() throws Exception {
        assertEquals(
                List.of(
                        "3 web Socket AF_INET SOCK_STREAM cloexec",
                        "4 control Descriptor cloexec",
                        "5 log Descriptor cloexec",
                        "6 web Socket AF_UNIX SOCK_STREAM cloexec",
                        "7  Socket AF_NETLINK SOCK_RAW cloexec",
                        "8 dns Socket AF_INET SOCK_DGRAM cloexec",
                        "9 root Descriptor cloexec",
                        "10 null Descriptor cloexec",
                        "named web: [3, 6]",
                        "named log: [5]",
                        "named other: []",
                        "sockets 4: 3 AF_INET, 6 AF_UNIX, 7 AF_NETLINK, 8 AF_INET"),
                lines(child(
                        "tcp,fifo,file,unix,netlink,udp,path,null",
                        "LISTEN_FDS=8 LISTEN_PID=PID LISTEN_FDNAMES=web:control:log:web::dns:root:null",
                        "show")));
    }

    @Test
    void withoutNamesTheyAreUnknown() throws Exception {
        List<String> said = lines(child("tcp", "LISTEN_FDS=1 LISTEN_PID=PID", "show"));
        assertEquals("3 unknown Socket AF_INET SOCK_STREAM cloexec", said.get(0));
    }

    @Test
    void thoseOfAnotherProcessAreNotTouched() throws Exception {
        String left = "named web: []\nnamed log: []\nnamed other: []\nsockets 0:\n";
        String[] others = {
            "",
            "LISTEN_FDS=1",
            "LISTEN_PID=PID",
            "LISTEN_FDS=0 LISTEN_PID=PID",
            "LISTEN_FDS=1 LISTEN_PID=1",
            "LISTEN_FDS=nonsense LISTEN_PID=1"
        };
        for (String other : some(others)) {
            assertEquals(left + "3 is open, inherited: true\n", child("tcp", other, "show", "third"), other);
        }
    }

    /** systemd 258 says whom it means by a number that no other process ever has. */
    @Test
    void thePidfdsNumberMustBeThisProcesss() throws Exception {
        String settings = "LISTEN_FDS=1 LISTEN_PID=PID LISTEN_PIDFDID=";
        assertTrue(child("tcp", settings + "OWN", "show").contains("sockets 1:"), "its own");
        try (PidFd self = PidFd.open(ProcessHandle.current().pid());
                EventFd other = EventFd.open(0)) {
            Object own = Files.getAttribute(Path.of("/proc/self/fd/" + self.fd()), "unix:ino");
            Object common = Files.getAttribute(Path.of("/proc/self/fd/" + other.fd()), "unix:ino");
            boolean tells = !own.equals(common); // Linux 6.9
            String stranger = child("tcp", settings + own, "show");
            assertTrue(stranger.contains(tells ? "sockets 0:" : "sockets 1:"), stranger);
        } catch (ErrnoException e) {
            Assumptions.abort("no pidfds here: " + e.getMessage());
        }
    }

    @Test
    void whatCannotBeIsRefusedInWords() throws Exception {
        List<String[]> cases = new ArrayList<>();
        cases.add(
                new String[] {"tcp", "LISTEN_FDS=2147483647", "LISTEN_FDS=2147483647 cannot be a number of descriptors"
                });
        cases.add(new String[] {"tcp", "LISTEN_FDS=-1", "LISTEN_FDS=-1 cannot be a number of descriptors"});
        cases.add(new String[] {"tcp", "LISTEN_FDS=99999999999", "LISTEN_FDS=99999999999 is not a number"});
        cases.add(new String[] {"tcp", "LISTEN_FDS=one", "LISTEN_FDS=one is not a number"});
        cases.add(new String[] {"tcp", "LISTEN_FDS=", "LISTEN_FDS= is not a number"});
        cases.add(new String[] {
            "tcp",
            "LISTEN_FDS=2000000000",
            "LISTEN_FDS=2000000000 says that the descriptors 3 to 2000000002 were passed, but "
        });
        cases.add(
                new String[] {"tcp,tcp", "LISTEN_FDS=2 LISTEN_FDNAMES=a", "LISTEN_FDNAMES=a has 1 name for LISTEN_FDS=2"
                });
        cases.add(new String[] {
            "tcp,tcp", "LISTEN_FDS=2 LISTEN_FDNAMES=a:b:", "LISTEN_FDNAMES=a:b: has 3 names for LISTEN_FDS=2"
        });
        for (String[] one : some(cases.toArray(String[][]::new))) {
            String said = child(one[0], one[1] + " LISTEN_PID=PID", "refused", "third");
            assertTrue(said.startsWith("IOException: " + one[2]), one[1] + ": " + said);
            assertTrue(said.endsWith("again: true\n3 is open, inherited: true\n"), said);
        }
        String said = child("tcp", "LISTEN_FDS=1 LISTEN_PID=me", "refused");
        assertTrue(said.startsWith("IOException: LISTEN_PID=me is not a number"), said);
    }

    /** Two class loaders have two copies of the library; the second must not own the same numbers. */
    @Test
    void aSecondCopyIsRefused() throws Exception {
        List<String> said = lines(child("tcp", "LISTEN_FDS=1 LISTEN_PID=PID", "copies"));
        assertEquals("first: 1", said.get(0));
        assertTrue(
                said.get(1)
                        .startsWith("second: java.io.IOException: the descriptors of LISTEN_FDS=1 have an owner in this"
                                + " process already, another copy of this library: "),
                Arrays.toString(said.toArray()));
        assertEquals("it still works: true", said.get(2));
    }
}
