package io.kline.testing;

import io.kline.config.RedisSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on a free port, empty after every start. */
public final class TestRedis implements AutoCloseable {

    private static final File BINARY = extract();

    private final int port;
    private final List<String> options;
    private Process process;

    private TestRedis(int port, List<String> options) {
        this.port = port;
        this.options = options;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts a server with options of its command line. */
    public static TestRedis started(String... options) {
        TestRedis redis = new TestRedis(freePort(), List.of(options));
        redis.start();
        return redis;
    }

    public void start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "redis");
            List<String> command = new ArrayList<>(List.of(BINARY.getPath()));
            if (options.contains("--sentinel")) {
                command.add(Files.createFile(directory.resolve("sentinel.conf")).toString());
            }
            command.addAll(List.of("--port", "" + port, "--dir", directory.toString()));
            if (!options.contains("--sentinel")) {
                command.addAll(List.of("--save", "", "--appendonly", "no"));
            }
            command.addAll(options);
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("log").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitUp();
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    public Jedis client() {
        return new Jedis("127.0.0.1", port);
    }

    public int port() {
        return port;
    }

    public String node() {
        return "127.0.0.1:" + port;
    }

    public RedisSettings settings(int historySize) {
        return new RedisSettings(
                RedisSettings.Mode.SINGLE, List.of(node()), null, null, null, false, historySize);
    }

    @Override
    public void close() {
        kill();
    }

    /** Whether its replication has a property such as {@code role:master}. */
    public boolean replicates(String property) {
        try (Jedis client = client()) {
            return client.info("replication").contains(property);
        } catch (JedisException e) {
            return false;
        }
    }

    private void awaitUp() {
        try {
            Await.until(Duration.ofSeconds(30), "redis-server on port " + port, this::isUp);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isUp() {
        try (Jedis client = client()) {
            return client.ping().equals("PONG");
        } catch (JedisException e) {
            return false;
        }
    }

    /** A Cluster node also needs the port 10,000 above. */
    private static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(0)) {
                int port = free.getLocalPort();
                if (port <= 55_535) {
                    return port;
                }
                int lower = port - 20_000;
                try (ServerSocket other = new ServerSocket(lower)) {
                    return other.getLocalPort();
                }
            } catch (IOException e) {
                continue;
            }
        }
    }

    private static File extract() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
