package io.kline.tools.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.tools.stack.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The 24 hours of 2,000 symbols, each of which changes once a second: what keeping them costs, and
 * what sending them to a client once a second. At random moments all are compared with a sum over
 * all of their candles.
 */
final class TickersBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int SYMBOLS = 2_000;
    private static final int SPAN_MINUTES = 25 * 60;
    private static final int STEP = 10;
    private static final int MOMENTS = 5;
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(3);

    /** After half a minute the server's compiler still took more than all else. */
    private static final Duration COMPILING = Duration.ofSeconds(90);

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final long SETTLE_MILLIS = 2_500;
    private static final String CPU = "CPU of the server";
    private static final String SENT = "kept, and sent to a client of !miniTicker@arr";
    private static final double GOAL_CORES = 0.1;

    // The client only listens.
    @SuppressWarnings("try")
    void run(BenchOptions options, Figures figures) throws Exception {
        MinuteMarket market = new MinuteMarket(SYMBOLS, options.seed());
        market.tradeBefore(Instant.now(), SPAN_MINUTES, STEP);
        Random random = new Random(options.seed());
        try (MarketServer server = MarketServer.start(market)) {
            if (!Await.holds(LOAD_LIMIT, () -> isLoaded(server))) {
                throw new WrongResultException("not all symbols were loaded in " + LOAD_LIMIT);
            }
            server.trade(SYMBOLS, COMPILING, MarketServer.MERGED);
            figures.add(1, "kept", List.of(cores(server)));
            try (SocketStreams all =
                    SocketStreams.openRaw(server.port(), "!miniTicker@arr", message -> {})) {
                server.trade(SYMBOLS, WARM_UP, MarketServer.MERGED);
                figures.add(1, SENT, List.of(cores(server)));
            }
            figures.goal(SENT, CPU, Goal.atMost(GOAL_CORES));
            for (int moment = 0; moment < MOMENTS; moment++) {
                server.trade(
                        SYMBOLS, Duration.ofSeconds(1 + random.nextInt(20)), MarketServer.MERGED);
                TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
                requireSums(server, market);
            }
            figures.note(
                    "%d times all tickers were equal to sums over their candles"
                            .formatted(MOMENTS));
        }
    }

    private static Reading cores(MarketServer server) throws InterruptedException {
        double before = server.cpu();
        server.trade(SYMBOLS, MEASURED, MarketServer.MERGED);
        return new Reading(CPU, "cores", (server.cpu() - before) / MEASURED.toSeconds());
    }

    private static boolean isLoaded(MarketServer server) {
        try {
            return server.get("/metrics").contains("kline_tickers_loaded " + SYMBOLS + ".0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void requireSums(MarketServer server, MinuteMarket market)
            throws IOException, InterruptedException {
        JsonNode tickers = JSON.readTree(server.get("/api/v3/ticker/24hr"));
        if (tickers.size() != SYMBOLS) {
            throw new WrongResultException(tickers.size() + " tickers");
        }
        for (JsonNode ticker : tickers) {
            String symbol = ticker.path("symbol").asText();
            long from = ticker.path("openTime").asLong();
            List<Candle> window =
                    market.candles(symbol).stream()
                            .filter(candle -> candle.openTime() >= from)
                            .sorted(Comparator.comparingLong(Candle::openTime))
                            .toList();
            sums(window)
                    .forEach(
                            (field, sum) -> {
                                String sent = ticker.path(field).asText();
                                if (!sent.equals(sum)) {
                                    throw new WrongResultException(
                                            "%s of %s is %s, not %s"
                                                    .formatted(field, symbol, sent, sum));
                                }
                            });
        }
    }

    private static Map<String, String> sums(List<Candle> window) {
        Candle first = window.get(0);
        Candle last = window.get(window.size() - 1);
        Map<String, String> sums = new TreeMap<>();
        sums.put("openPrice", KlineJson.plain(first.open()));
        sums.put("highPrice", fold(window, Candle::high, BigDecimal::max));
        sums.put("lowPrice", fold(window, Candle::low, BigDecimal::min));
        sums.put("lastPrice", KlineJson.plain(last.close()));
        sums.put("volume", fold(window, Candle::volume, BigDecimal::add));
        sums.put("quoteVolume", fold(window, Candle::quoteVolume, BigDecimal::add));
        sums.put("firstId", Long.toString(first.firstTradeId()));
        sums.put("lastId", Long.toString(last.lastTradeId()));
        long count = window.stream().mapToLong(Candle::count).sum();
        sums.put("count", Long.toString(count));
        return sums;
    }

    private static String fold(
            List<Candle> candles,
            Function<Candle, BigDecimal> value,
            BinaryOperator<BigDecimal> fold) {
        return KlineJson.plain(candles.stream().map(value).reduce(fold).orElseThrow());
    }
}
