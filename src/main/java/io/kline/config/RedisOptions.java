package io.kline.config;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Where the latest candles and recent history go. */
public final class RedisOptions {

    @Option(
            names = "--redis.mode",
            paramLabel = "single|sentinel|cluster",
            defaultValue = "single",
            description = "topology: single, sentinel or cluster")
    public RedisSettings.Mode mode;

    @Option(
            names = "--redis.nodes",
            paramLabel = "host:port,…",
            split = ",",
            defaultValue = "localhost:${sys:kline.redis.port:-16379}",
            description = "the server, the sentinels, or some nodes of the Cluster")
    public List<String> nodes;

    @Option(
            names = "--redis.master",
            paramLabel = "name",
            description = "name of the master that the sentinels watch; only with sentinel")
    public String master;

    @Option(names = "--redis.user", paramLabel = "name", description = "ACL user; needs a password")
    public String user;

    @Option(
            names = "--redis.password",
            paramLabel = "secret",
            showDefaultValue = Help.Visibility.NEVER,
            description = "from the file or the environment variable KLINE_REDIS_PASSWORD")
    public String password;

    @Option(
            names = "--redis.sentinel.user",
            paramLabel = "name",
            description = "ACL user of the sentinels; needs a password")
    public String sentinelUser;

    @Option(
            names = "--redis.sentinel.password",
            paramLabel = "secret",
            showDefaultValue = Help.Visibility.NEVER,
            description = "from the file or the environment variable KLINE_REDIS_SENTINEL_PASSWORD")
    public String sentinelPassword;

    @Option(
            names = "--redis.tls",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "false",
            description = "connect with TLS")
    public boolean tls;

    @Option(
            names = "--redis.tls.ca",
            paramLabel = "file",
            description = "PEM certificates that servers are verified with instead of the JVM's")
    public String tlsCa;

    @Option(
            names = "--redis.tls.verify-host",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description = "whether certificates must be made out to the addresses of the servers")
    public boolean tlsVerifyHost;

    @Option(
            names = "--redis.history.size",
            paramLabel = "1..100000",
            defaultValue = "1500",
            description = "klines kept before the latest one")
    public int historySize;

    @Option(
            names = "--redis.reassert-interval",
            paramLabel = "10s..1d",
            defaultValue = "10min",
            description = "how often the latest klines are written again")
    public Duration reassertInterval;

    @Option(
            names = "--redis.heal-interval",
            paramLabel = "5s..1d",
            defaultValue = "1min",
            description = "how often lost history is looked for, to be brought back from MySQL")
    public Duration healInterval;

    /**
     * The same as one value.
     *
     * @throws ConfigException naming the first key at fault
     */
    public RedisSettings settings() {
        return new RedisSettings(
                mode,
                nodes.stream().map(String::trim).toList(),
                mode == RedisSettings.Mode.SENTINEL ? master : null,
                new RedisLogin(user, password),
                new RedisLogin(sentinelUser, sentinelPassword),
                RedisTls.of(tls, tlsCa, tlsVerifyHost),
                historySize);
    }
}
