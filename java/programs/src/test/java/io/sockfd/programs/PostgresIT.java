package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.nio.AddressSocketFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's driver against a server that listens at a UNIX path and nowhere else. */
@Timeout(180)
class PostgresIT {
    @TempDir
    Path folder;

    private Process server;

    /** The server refuses to run as root: then it runs as the user of its package. */
    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.addAll(List.of(words));
        return command;
    }

    private Process start(String... words) throws IOException {
        return new ProcessBuilder(command(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .directory(folder.toFile())
                .start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Path socket() {
        return folder.resolve(".s.PGSQL.5432");
    }

    @BeforeEach
    void start() throws Exception {
        Provider.assertOurs();
        String initdb = Programs.postgres("initdb");
        assumeTrue(!initdb.isEmpty(), "PostgreSQL is not installed (package postgresql)");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = folder.resolve("data");
        Process made = start(initdb, "-D", data.toString(), "-U", "test", "--auth=trust", "--no-sync");
        assertTrue(made.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, made.exitValue(), Files.readString(log()));
        server = start(
                Programs.postgres("postgres"),
                "-D",
                data.toString(),
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off");
        for (int i = 0; i < 1000 && !Files.exists(socket()); i++) {
            assertTrue(server.isAlive(), () -> "it ended");
            Thread.sleep(20);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private Connection connect(String more) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost/postgres?user=test&sslmode=disable&socketFactory="
                        + AddressSocketFactory.class.getName() + "&socketFactoryArg=" + socket() + more);
    }

    private Connection connectWhenUp() throws Exception {
        for (int i = 0; ; i++) {
            try {
                return connect("&connectTimeout=10&loginTimeout=10");
            } catch (SQLException e) {
                if (i == 100) {
                    throw e;
                }
                Thread.sleep(50); // it is starting up
            }
        }
    }

    @Test
    void storesAndFinds() throws Exception {
        byte[] big = new byte[3_000_000];
        new Random(8).nextBytes(big);
        try (Connection connection = connectWhenUp()) {
            connection.createStatement().execute("create table t (id int primary key, bytes bytea)");
            try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
                for (int i = 0; i < 100; i++) {
                    insert.setInt(1, i);
                    insert.setBytes(2, i == 0 ? big : new byte[] {(byte) i});
                    insert.addBatch();
                }
                assertEquals(100, insert.executeBatch().length);
            }
            try (ResultSet found = connection.createStatement().executeQuery("select bytes from t order by id")) {
                assertTrue(found.next());
                assertArrayEquals(big, found.getBytes(1));
                int rows = 1;
                while (found.next()) {
                    assertArrayEquals(new byte[] {(byte) rows}, found.getBytes(1));
                    rows++;
                }
                assertEquals(100, rows);
            }
        }
    }

    @Test
    void timeoutsAndCancels() throws Exception {
        connectWhenUp().close();
        try (Connection connection = connect("&socketTimeout=1")) {
            SQLException e = assertThrows(
                    SQLException.class, () -> connection.createStatement().execute("select pg_sleep(30)"));
            assertTrue(String.valueOf(e.getCause()).contains("timed out"), e + " by " + e.getCause());
        }
        try (Connection connection = connect("")) {
            var statement = connection.createStatement();
            statement.setQueryTimeout(1); // the driver opens a second socket for it
            assertThrows(SQLException.class, () -> statement.execute("select pg_sleep(30)"));
            assertTrue(connection.isValid(5));
        }
        try (Connection connection = connect("")) {
            Thread closer = new Thread(() -> {
                try {
                    Thread.sleep(300);
                    connection.abort(Runnable::run);
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            closer.start();
            assertThrows(SQLException.class, () -> connection.createStatement().execute("select pg_sleep(30)"));
            closer.join();
        }
    }
}
