package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import java.nio.file.Path;
import java.util.List;
import redis.clients.jedis.Jedis;

/** The sink of Redis without the jobs: 150,000 candles of 10,000 symbols by one writer. */
final class SinkBenchmark {

    private static final String SINK = "redis-sink";
    private static final String PUBLISHED = "publish";
    private static final String MICROS = "redis µs";
    private static final String TIME = "time for a round of all candles";
    private static final int SYMBOLS = 10_000;
    private static final double MOST_SECONDS = 5;

    /** Rounds between the marks. */
    private static final int MEASURED = 2;

    void run(BenchOptions options, Figures figures) throws Exception {
        int symbols = options.scaled(SYMBOLS);
        figures.note("%,d symbols × 15 intervals".formatted(symbols));
        try (BenchServers servers = BenchServers.all()) {
            new Pairing()
                    .with(SINK, () -> readings(servers, symbols))
                    .play(options.runs(), figures);
        }
        figures.goal(SINK, TIME, Goal.atMost(MOST_SECONDS));
    }

    private static List<Reading> readings(BenchServers servers, int symbols) throws Exception {
        servers.emptyStores();
        StoreCounters stores = new StoreCounters(servers);
        MarkedProcess process =
                new MarkedProcess(servers.processes())
                        .counting(PUBLISHED, () -> stores.redisCalls(PUBLISHED))
                        .counting(MICROS, stores::redisMicros);
        Path folder = servers.newFolder(SINK);
        int port = servers.redis().port();
        process.run(
                folder,
                List.of(
                        SinkMain.class.getName(),
                        "--redis-port=" + port,
                        "--symbols=" + symbols,
                        "--folder=" + folder));
        check(port, symbols);
        Snapshot warm = process.warm();
        Snapshot done = process.done();
        double written = done.countSince(warm, PUBLISHED);
        double seconds = done.secondsSince(warm);
        return List.of(
                new Reading(TIME, "s", seconds / MEASURED),
                new Reading("klines written/s", "1/s", written / seconds),
                new Reading(FullRun.REDIS_MICROS, "µs", done.countSince(warm, MICROS) / written),
                new Reading(
                        "CPU of job per million klines written",
                        "s",
                        done.cpuSince(warm, MarkedProcess.JOB) / written * 1e6));
    }

    /** The last round has to be in Redis. */
    private static void check(int port, int symbols) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            for (int i = 0; i < symbols; i++) {
                String symbol = "BENCH%05dUSDT".formatted(i);
                for (Candle candle :
                        new MadeUpCandles().of(symbol, 0, SinkMain.ROUNDS - 1, false)) {
                    String stored = jedis.get(RedisKeys.latest(symbol, candle.interval()));
                    if (!KlineJson.write(candle).equals(stored)) {
                        throw new WrongResultException("stored is " + stored);
                    }
                }
            }
        }
    }
}
