package io.kline.config;

import io.kline.model.Interval;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ranges of all settings, in one flat list. */
final class OptionsValidator {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private OptionsValidator() {}

    /**
     * @throws ConfigException naming the first key at fault and its range
     */
    static void check(KlineOptions options) {
        notEmpty("kafka.bootstrap.servers", options.kafka.bootstrapServers);
        notEmpty("kafka.group.id", options.kafka.groupId);
        topic("kafka.topic.trades", options.kafka.tradesTopic);
        topic("kafka.topic.klines", options.kafka.klinesTopic);
        topic("kafka.topic.dead", options.kafka.deadTopic);
        Set<String> topics =
                Set.copyOf(
                        List.of(
                                options.kafka.tradesTopic,
                                options.kafka.klinesTopic,
                                options.kafka.deadTopic));
        require(topics.size() == 3, "kafka.topic.*: the three topics must differ");

        require(
                options.kline.zoneOffset.getTotalSeconds() % 60 == 0,
                "kline.zone-offset must be in whole minutes, not " + options.kline.zoneOffset);
        intervals(options.kline);
        range(
                "kline.merge-interval",
                options.kline.mergeInterval,
                Duration.ofMillis(10),
                Duration.ofSeconds(10));
        range("kline.out-of-orderness", options.kline.outOfOrderness, Duration.ZERO, HOUR);
        range("kline.idle-timeout", options.kline.idleTimeout, Duration.ofMillis(100), HOUR);
        range("kline.allowed-lateness", options.kline.allowedLateness, Duration.ZERO, DAY);
        range("trade.max-age", options.kline.maxAge, DAY, Duration.ofDays(36_500));
        range("trade.max-future", options.kline.maxFuture, Duration.ZERO, DAY);

        require(!options.redis.nodes.isEmpty(), "redis.nodes must not be empty");
        options.redis.nodes.forEach(OptionsValidator::node);
        boolean hasMaster = options.redis.master != null && !options.redis.master.isBlank();
        require(
                options.redis.mode != RedisSettings.Mode.SENTINEL || hasMaster,
                "redis.master must be set when redis.mode is sentinel");
        require(
                options.redis.mode != RedisSettings.Mode.SINGLE || options.redis.nodes.size() == 1,
                "redis.nodes must be one node when redis.mode is single");
        require(
                options.redis.user == null || options.redis.password != null,
                "redis.password must be set when redis.user is");
        range("redis.history.size", options.redis.historySize, 1, 100_000);

        require(
                options.mysql.url.startsWith("jdbc:mysql:"),
                "mysql.url must start with jdbc:mysql:");
        require(
                !options.mysql.url.toLowerCase(java.util.Locale.ROOT).contains("password="),
                "mysql.url must not hold a password; use mysql.password");
        notEmpty("mysql.user", options.mysql.user);
        range("mysql.batch-size", options.mysql.batchSize, 1, 10_000);
    }

    private static void intervals(CandleOptions options) {
        Set<String> codes = new HashSet<>();
        for (String code : options.intervalCodes) {
            try {
                Interval.parse(code.trim(), options.zoneOffset);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("kline.intervals: " + e.getMessage());
            }
            require(codes.add(code.trim()), "kline.intervals: " + code + " is there twice");
        }
    }

    private static void node(String node) {
        require(
                node.trim().matches("[^:\\s]+:[0-9]{1,5}"),
                "redis.nodes must be host:port, separated by commas, not '" + node + "'");
    }

    private static void topic(String key, String name) {
        require(
                name.matches("[a-zA-Z0-9._-]{1,249}"),
                key
                        + " must be 1 to 249 letters, digits, dots, dashes or underscores, not '"
                        + name
                        + "'");
    }

    private static void notEmpty(String key, String value) {
        require(value != null && !value.isBlank(), key + " must not be empty");
    }

    private static void range(String key, Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                key + " must be from " + least + " to " + most + ", not " + value);
    }

    private static void range(String key, int value, int least, int most) {
        require(
                value >= least && value <= most,
                key + " must be from " + least + " to " + most + ", not " + value);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new ConfigException(message);
        }
    }
}
