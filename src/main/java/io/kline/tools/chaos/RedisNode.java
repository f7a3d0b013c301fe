package io.kline.tools.chaos;

import io.kline.tools.stack.Await;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** One of several Redis processes: the system's redis-server, version 7 or later. */
final class RedisNode extends ServerProcess {

    private static final int OLDEST = 7;
    private static final Pattern VERSION = Pattern.compile("v=([0-9]+)\\.");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Looked for once: every look at the processes of the machine asks for its name. */
    private static final Optional<Path> BINARY = find();

    /** Of the file itself, which a link may lead to. */
    private static final String EXECUTABLE = BINARY.map(RedisNode::fileName).orElse("");

    private final List<String> options;
    private final List<String> file;

    private RedisNode(String name, int port, Path home, List<String> options, List<String> file) {
        super(name, port, home, false);
        this.options = options;
        this.file = file;
    }

    /**
     * A server with an append-only file synced every second.
     *
     * @param options more of its command line
     */
    static RedisNode server(String name, int port, Path home, String... options) {
        return new RedisNode(name, port, home, List.of(options), List.of());
    }

    /**
     * A sentinel.
     *
     * @param lines its configuration, which it goes on writing
     */
    static RedisNode sentinel(String name, int port, Path home, List<String> lines) {
        return new RedisNode(name, port, home, List.of("--sentinel"), lines);
    }

    /** The redis-server of the PATH, if it is new enough. */
    static Optional<Path> binary() {
        return BINARY;
    }

    private static Optional<Path> find() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path binary = Path.of(folder, "redis-server");
            if (Files.isExecutable(binary)) {
                return Optional.of(binary).filter(RedisNode::isNewEnough);
            }
        }
        return Optional.empty();
    }

    private static String fileName(Path link) {
        try {
            return link.toRealPath().getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewEnough(Path binary) {
        try {
            Process process = new ProcessBuilder(binary.toString(), "--version").start();
            Matcher version =
                    VERSION.matcher(
                            new String(
                                    process.getInputStream().readAllBytes(),
                                    StandardCharsets.UTF_8));
            return version.find() && Integer.parseInt(version.group(1)) >= OLDEST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Jedis jedis() {
        return new Jedis(Ports.LOOPBACK, port());
    }

    /** Waits until it says something of itself. */
    void await(String what, Predicate<Jedis> condition) {
        Await.until(
                name() + ": " + what,
                PATIENCE,
                () -> {
                    try (Jedis jedis = jedis()) {
                        return condition.test(jedis);
                    } catch (JedisException notYet) {
                        return false;
                    }
                });
    }

    /** Waits until its replication has a property such as {@code role:master}. */
    void awaitReplication(String property) {
        await(property, jedis -> jedis.info("replication").contains(property));
    }

    @Override
    protected List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(binary().orElseThrow().toString()));
        if (!file.isEmpty()) {
            Path config = home().resolve("sentinel.conf");
            if (Files.notExists(config)) {
                Files.write(config, file);
            }
            command.add(config.toString());
        }
        command.addAll(List.of("--dir", mark(), "--set-proc-title", "no"));
        command.addAll(List.of("--port", Integer.toString(port()), "--bind", Ports.LOOPBACK));
        command.addAll(options);
        if (file.isEmpty()) {
            // A replica waits for no others.
            command.addAll(List.of("--repl-diskless-sync-delay", "0"));
            // The empty argument comes last: what is behind it is not read back.
            command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
            command.addAll(List.of("--save", ""));
        }
        return command;
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
        try (Jedis jedis = jedis()) {
            return "PONG".equals(jedis.ping());
        } catch (JedisException notYet) {
            return false;
        }
    }
}
