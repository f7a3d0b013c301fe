package io.kline.testing;

import io.kline.config.RedisSettings;
import io.kline.tools.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real redis-server on a free port, empty after every start. One that speaks TLS does so on a
 * second port, and lets the test use the first one without.
 */
public final class TestRedis implements AutoCloseable {

    // A Cluster node also listens 10,000 above. Both are below the ports that systems give to
    // outgoing connections.
    private static final int CLUSTER_BUS = 10_000;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 22_700;

    private static final int ATTEMPTS = 5;

    private final RedisBinary binary;
    private final PrivateCa authority;
    private final List<String> options;
    private int port;
    private int tlsPort;
    private Process process;

    private TestRedis(RedisBinary binary, PrivateCa authority, List<String> options) {
        this.binary = binary;
        this.authority = authority;
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
        redis.startSomewhere();
        return redis;
    }

    /** A port that was free may have been taken by another test when the server listens. */
    private void startSomewhere() {
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            tlsPort = authority == null ? 0 : freePort();
            try {
                start();
                return;
            } catch (IllegalStateException e) {
                kill();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Starts it on the ports that it had. */
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
            Await.until(
                    Duration.ofSeconds(30),
                    "redis-server on port " + port,
                    () -> isUp() || !process.isAlive());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server ended with " + process.exitValue());
        }
    }

    private boolean isUp() {
        try (Jedis client = client()) {
            // Another server may have the port.
            return client.info("server").contains("process_id:" + process.pid());
        } catch (JedisException e) {
            return false;
        }
    }

    private static int freePort() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
        } while (!Ports.isFree(port) || !Ports.isFree(port + CLUSTER_BUS));
        return port;
    }
}
