package io.kline.config;

import io.kline.model.Interval;
import io.kline.model.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What settings other than numbers and durations may be, and which go together. */
final class OptionsValidator {

    private OptionsValidator() {}

    /**
     * @throws ConfigException naming the first key at fault
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

        intervals(options.kline);
        redis(options.redis);
        mysql(options.mysql);
    }

    /**
     * @throws ConfigException naming the first key at fault
     */
    static void check(ServerOptions options) {
        http(options.server);
        intervals(options.kline);
        redis(options.redis);
        mysql(options.mysql);
    }

    private static void http(HttpOptions options) {
        notEmpty("server.host", options.host);
        for (String asset : options.quoteAssets) {
            require(
                    asset.trim().matches("[\\p{L}\\p{Nd}]{1,20}") && Symbol.isValid(asset.trim()),
                    "server.quote-assets must be upper case letters and digits, not '"
                            + asset
                            + "'");
        }
        for (String origin : options.corsOrigins) {
            require(
                    origin.trim().equals("*") || origin.trim().matches("https?://[^/*\\s]+"),
                    "server.cors-origins must be * or such as https://example.com, not '"
                            + origin
                            + "'");
        }
        for (String proxy : options.trustedProxies) {
            require(
                    proxy.trim().matches("[0-9a-fA-F.:]{2,45}"),
                    "server.trusted-proxies must be addresses, not '" + proxy + "'");
        }
    }

    private static void redis(RedisOptions options) {
        require(!options.nodes.isEmpty(), "redis.nodes must not be empty");
        options.nodes.forEach(OptionsValidator::node);
        boolean hasMaster = options.master != null && !options.master.isBlank();
        require(
                options.mode != RedisSettings.Mode.SENTINEL || hasMaster,
                "redis.master must be set when redis.mode is sentinel");
        require(
                options.mode != RedisSettings.Mode.SINGLE || options.nodes.size() == 1,
                "redis.nodes must be one node when redis.mode is single");
        require(
                options.user == null || options.password != null,
                "redis.password must be set when redis.user is");
    }

    private static void mysql(MysqlOptions options) {
        require(options.url.startsWith("jdbc:mysql:"), "mysql.url must start with jdbc:mysql:");
        require(
                !options.url.toLowerCase(Locale.ROOT).contains("password="),
                "mysql.url must not hold a password; use mysql.password");
        require(
                !options.url.contains("@"),
                "mysql.url must not hold a user; use mysql.user and mysql.password");
        notEmpty("mysql.user", options.user);
    }

    private static void intervals(IntervalOptions options) {
        require(
                options.zoneOffset.getTotalSeconds() % 60 == 0,
                "kline.zone-offset must be in whole minutes, not " + options.zoneOffset);
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

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new ConfigException(message);
        }
    }
}
