package io.kline.tools.stack;

import java.nio.file.Path;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * A single redis-server on the loopback interface, without a password, with an append-only file
 * synced every second: a {@link #kill()} loses at most the last second.
 */
public final class EmbeddedRedis extends ServerProcess {

    private static final String EXECUTABLE = "redis-server";
    private static final int TIMEOUT_MS = 2_000;

    private EmbeddedRedis(int port, Path home, boolean temporary) {
        super("redis", port, home, temporary);
    }

    /** A server that keeps its data in {@code home}. */
    public static EmbeddedRedis at(int port, Path home) {
        return new EmbeddedRedis(port, home.toAbsolutePath(), false);
    }

    /** A server on a free port whose data goes when it is closed. */
    public static EmbeddedRedis temporary() {
        return new EmbeddedRedis(Ports.free(), Directories.temporary("kline-redis-"), true);
    }

    @Override
    protected List<String> command() {
        return List.of(
                binary().toString(),
                "--port",
                String.valueOf(port()),
                "--bind",
                Ports.LOOPBACK,
                "--dir",
                mark(),
                "--daemonize",
                "no",
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                // A rewritten title would hide the data directory that the process is known by.
                "--set-proc-title",
                "no");
    }

    @Override
    protected String executable() {
        return EXECUTABLE;
    }

    @Override
    protected String mark() {
        return data().toString();
    }

    @Override
    protected boolean answers() {
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MS).build();
        try (Jedis jedis = new Jedis(Ports.LOOPBACK, port(), config)) {
            return "PONG".equals(jedis.ping());
        } catch (JedisException notYet) {
            return false;
        }
    }

    private static Path binary() {
        String name = binaryName();
        Path entry = Cache.entry(name, e -> JarFiles.copyExecutable(name, e.resolve(EXECUTABLE)));
        return entry.resolve(EXECUTABLE);
    }

    private static String binaryName() {
        OsArchitecture machine = OsArchitecture.detectOSandArchitecture();
        String resource = ExecutableProvider.newProvidedVersionsMap().get(machine);
        if (resource == null) {
            throw new ServerException("redis: no binary for " + machine.os + " on " + machine.arch);
        }
        return resource.startsWith("/") ? resource.substring(1) : resource;
    }
}
