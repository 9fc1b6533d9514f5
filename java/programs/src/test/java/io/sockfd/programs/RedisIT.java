package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sockfd.nio.AddressSocketFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;

/** Redis' clients against a Redis server, over TCP and over a UNIX path. */
@Timeout(120)
class RedisIT {
    @TempDir
    Path folder;

    private Process server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Provider.assertOurs();
        assumeTrue(Programs.has("redis-server"), "redis-server is not installed (package redis-server)");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--unixsocket",
                        path().toString(),
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        for (int i = 0; i < 500 && !Files.exists(path()); i++) {
            if (!server.isAlive()) {
                throw new IOException(Files.readString(folder.resolve("redis.log")));
            }
            Thread.sleep(20);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private Path path() {
        return folder.resolve("redis.sock");
    }

    @Test
    void lettuceOverTcp() throws Exception {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            List<RedisFuture<String>> set = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                set.add(connection.async().set("key" + i, "value " + i));
            }
            for (RedisFuture<String> future : set) {
                assertEquals("OK", future.get(30, TimeUnit.SECONDS));
            }
            assertEquals("value 1999", connection.sync().get("key1999"));
            assertNull(connection.sync().get("none"));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(10));
        }
    }

    @Test
    void jedisOverAPath() throws IOException {
        AddressSocketFactory factory = new AddressSocketFactory(path().toString());
        try (Jedis jedis = new Jedis(
                () -> {
                    try {
                        return factory.createSocket("localhost", 0);
                    } catch (IOException e) {
                        throw new redis.clients.jedis.exceptions.JedisConnectionException(e);
                    }
                },
                DefaultJedisClientConfig.builder().socketTimeoutMillis(10_000).build())) {
            assertEquals("PONG", jedis.ping());
            String big = "x".repeat(2_000_000);
            jedis.set("big", big);
            assertEquals(big, jedis.get("big"));
            for (int i = 0; i < 500; i++) {
                assertEquals(i + 1, jedis.incr("counter"));
            }
        }
    }

    @Test
    void jedisOverTcp() throws IOException {
        io.sockfd.nio.AddressSocketFactory factory = new AddressSocketFactory("127.0.0.1:" + port);
        try (Jedis jedis = new Jedis(
                () -> {
                    try {
                        return factory.createSocket("127.0.0.1", port);
                    } catch (IOException e) {
                        throw new redis.clients.jedis.exceptions.JedisConnectionException(e);
                    }
                },
                DefaultJedisClientConfig.builder().build())) {
            assertEquals("PONG", jedis.ping());
            assertEquals("OK", jedis.set("key", "value"));
            assertEquals("value", jedis.get("key"));
        }
    }
}
