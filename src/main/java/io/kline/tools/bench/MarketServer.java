package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.redis.RedisKeys;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.SqlFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * The query server in a process of its own, on real stores that hold the minutes of a market. What
 * the market trades is written and published as the live job does it.
 */
final class MarketServer implements AutoCloseable {

    private static final int BATCH = 1_000;
    private static final String NO_LIMIT = "1000000";

    /** Trades come evenly. */
    static final Duration EVENLY = Duration.ofMillis(5);

    /** Klines come as the live job writes them, merged. */
    static final Duration MERGED = Duration.ofMillis(333);

    private final MinuteMarket market;
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final EmbeddedMariaDb mysql = EmbeddedMariaDb.temporary();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private ChildProcess server;
    private int next;

    private MarketServer(MinuteMarket market) {
        this.market = market;
    }

    /** Fills stores with what the market has traded, and starts the server. */
    static MarketServer start(MinuteMarket market) throws IOException, SQLException {
        MarketServer started = new MarketServer(market);
        started.redis.start();
        started.mysql.start();
        SqlFile.run(Path.of("sql/schema.sql"), started.url(), EmbeddedMariaDb.ROOT, "");
        started.fill();
        started.startServer();
        return started;
    }

    private void startServer() throws IOException {
        server =
                LiveStack.startServer(
                        Files.createTempFile("kline-server", ".log"),
                        port,
                        List.of(
                                "--server.rate-limit=" + NO_LIMIT,
                                "--server.max-connections-per-address=" + NO_LIMIT,
                                "--server.max-new-sockets=" + NO_LIMIT,
                                "--kline.intervals=1m",
                                "--redis.nodes=" + redis.address(),
                                "--mysql.url=" + url()));
    }

    int port() {
        return port;
    }

    /** CPU time of the server, s. */
    double cpu() {
        return ProcessCpu.of(server.pid());
    }

    /** An answer of the server. */
    String get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /**
     * Lets one symbol after the other trade, evenly, and publishes what that changes.
     *
     * @param perSecond trades a second of all symbols
     * @param step those of so long a time are published together
     * @return how many klines were published
     */
    long trade(int perSecond, Duration time, Duration step) throws InterruptedException {
        long published = 0;
        long begin = System.nanoTime();
        long all = perSecond * time.toSeconds();
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            for (long done = 0; done < all; ) {
                TimeUnit.MILLISECONDS.sleep(step.toMillis());
                long due = Math.min(all, (System.nanoTime() - begin) * perSecond / 1_000_000_000L);
                try (Pipeline pipeline = jedis.pipelined()) {
                    for (; done < due; done++) {
                        String symbol = market.symbols().get(next++ % market.symbols().size());
                        for (Candle candle : market.trade(symbol, Instant.now())) {
                            publish(pipeline, candle);
                            published++;
                        }
                    }
                }
            }
        }
        return published;
    }

    private static void publish(Pipeline pipeline, Candle candle) {
        String kline = KlineJson.write(candle);
        String latest = RedisKeys.latest(candle.symbol(), candle.interval());
        if (candle.closed()) {
            String history = RedisKeys.history(candle.symbol(), candle.interval());
            pipeline.zadd(history, candle.openTime(), kline);
        } else {
            pipeline.set(latest, kline);
        }
        pipeline.publish(latest, kline);
    }

    private String url() {
        return mysql.jdbcUrl(EmbeddedMariaDb.DATABASE);
    }

    private void fill() throws SQLException {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port());
                Pipeline pipeline = jedis.pipelined();
                Connection connection = new MysqlLogin(url(), EmbeddedMariaDb.ROOT, "").connect();
                PreparedStatement insert = connection.prepareStatement(KlineUpsert.SQL)) {
            int rows = 0;
            for (String symbol : market.symbols()) {
                pipeline.sadd(RedisKeys.SYMBOLS, symbol);
                for (Candle candle : market.candles(symbol)) {
                    if (candle.closed()) {
                        KlineUpsert.bind(insert, candle);
                        insert.addBatch();
                        if (++rows % BATCH == 0) {
                            insert.executeBatch();
                        }
                    } else {
                        publish(pipeline, candle);
                    }
                }
            }
            insert.executeBatch();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        redis.close();
        mysql.close();
    }
}
