package io.kline.testing;

import io.kline.config.RedisSettings;
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

/**
 * A real redis-server on a free port, empty after every start. One that speaks TLS does so on a
 * second port, and lets the test use the first one without.
 */
public final class TestRedis implements AutoCloseable {

    private final RedisBinary binary;
    private final PrivateCa authority;
    private final int port = freePort();
    private final int tlsPort;
    private final List<String> options;
    private Process process;

    private TestRedis(RedisBinary binary, PrivateCa authority, List<String> options) {
        this.binary = binary;
        this.authority = authority;
        this.tlsPort = authority == null ? 0 : freePort();
        this.options = options;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts a server with options of its command line. */
    public static TestRedis started(String... options) {
        return started(RedisBinary.EMBEDDED, null, options);
    }

    /**
     * Starts a server of a version.
     *
     * @param authority whose certificate it has, or null for a server without TLS
     */
    public static TestRedis started(RedisBinary binary, PrivateCa authority, String... options) {
        TestRedis redis = new TestRedis(binary, authority, List.of(options));
        redis.start();
        return redis;
    }

    public void start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "redis");
            List<String> command = new ArrayList<>(List.of(binary.path()));
            if (options.contains("--sentinel")) {
                command.add(Files.createFile(directory.resolve("sentinel.conf")).toString());
            }
            command.addAll(List.of("--port", "" + port, "--dir", directory.toString()));
            if (!options.contains("--sentinel")) {
                command.addAll(List.of("--save", "", "--appendonly", "no"));
                // A replica waits for no others.
                command.addAll(List.of("--repl-diskless-sync-delay", "0"));
            }
            if (authority != null) {
                command.addAll(authority.redisOptions(tlsPort));
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

    /** Where other servers and Kline connect to. */
    public int servedPort() {
        return authority == null ? port : tlsPort;
    }

    public String node() {
        return "127.0.0.1:" + servedPort();
    }

    /** Stops it from doing anything, its connections stay open. */
    public void pause() throws Exception {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " returned " + code);
        }
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
}
