package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.tools.stack.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * From Redis to many WebSocket clients: 1,000 connections with the minutes of 50 of 2,000 symbols
 * each. A change of a symbol goes to 25 of them. In the end every client must have the newest
 * candle of each of its symbols.
 */
final class StreamsBenchmark {

    private static final int SYMBOLS = 2_000;
    private static final int CLIENTS = 1_000;
    private static final int EACH = 50;
    private static final List<Integer> RATES = List.of(100, 200, 500, 1_000);
    private static final int WARM_UP_RATE = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final String P99 = "Redis to WebSocket, p99";
    private static final double GOAL_MILLIS = 50;

    void run(BenchOptions options, Figures figures) throws Exception {
        MinuteMarket market = new MinuteMarket(SYMBOLS, options.seed());
        market.tradeBefore(Instant.now(), 2, 1);
        try (MarketServer server = MarketServer.start(market);
                SocketCrowd crowd =
                        SocketCrowd.open(
                                server.port(),
                                CLIENTS,
                                market.symbols(),
                                EACH,
                                new Random(options.seed()))) {
            double share = crowd.wanted().values().stream().mapToLong(each -> each).sum();
            server.trade(WARM_UP_RATE, WARM_UP, MarketServer.EVENLY);
            for (int rate : RATES) {
                server.trade(rate, Duration.ofSeconds(3), MarketServer.EVENLY);
                awaitAll(crowd, market);
                Histogram latencies = crowd.measure();
                double cpu = server.cpu();
                long published = server.trade(rate, MEASURED, MarketServer.EVENLY);
                cpu = server.cpu() - cpu;
                awaitAll(crowd, market);
                String variant = String.format(Locale.ROOT, "%,d changes/s", rate);
                double due = published * share / SYMBOLS;
                figures.add(
                        1,
                        variant,
                        List.of(
                                new Reading("Redis to WebSocket, p50", "ms", at(latencies, 50)),
                                new Reading(P99, "ms", at(latencies, 99)),
                                new Reading("Redis to WebSocket, p99.9", "ms", at(latencies, 99.9)),
                                new Reading(
                                        "messages/s of all clients",
                                        "1/s",
                                        crowd.messages() / (double) MEASURED.toSeconds()),
                                new Reading(
                                        "messages of those published",
                                        "%",
                                        100 * crowd.messages() / due),
                                new Reading(
                                        "CPU of the server", "cores", cpu / MEASURED.toSeconds())));
                figures.goal(variant, P99, Goal.atMost(GOAL_MILLIS));
            }
        }
    }

    private static void awaitAll(SocketCrowd crowd, MinuteMarket market) {
        Map<String, Long> newest =
                market.symbols().stream()
                        .collect(
                                Collectors.toMap(
                                        symbol -> symbol.toLowerCase(Locale.ROOT) + "@kline_1m",
                                        symbol -> newestId(market.candles(symbol))));
        if (!Await.holds(SETTLE, () -> crowd.behind(newest) == 0)) {
            throw new WrongResultException(
                    "%,d times a client lacks the newest candle; connections ended: %s"
                            .formatted(crowd.behind(newest), crowd.troubles()));
        }
    }

    private static long newestId(Collection<Candle> candles) {
        return candles.stream().reduce((a, b) -> b).orElseThrow().lastTradeId();
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
