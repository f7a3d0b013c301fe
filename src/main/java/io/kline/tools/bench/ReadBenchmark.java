package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.server.KlineServer;
import io.kline.server.ServerLimits;
import io.kline.server.ServerSettings;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Reading over HTTP from the real server on real stores, all on this machine: the latest candles of
 * all symbols, 1,000 candles of which Redis holds the newer half, and days of another zone. Clients
 * ask one request after the other. Every answer is compared, byte by byte, with what was stored.
 */
final class ReadBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final int LIMIT = 1_000;
    private static final double LATEST_GOAL = 20;
    private static final double KLINES_GOAL = 15;
    private static final double ZONE_GOAL = 1_000;
    private static final int NO_LIMIT = 1_000_000_000;

    void run(BenchOptions options, Figures figures) throws Exception {
        for (Measurement each : measure()) {
            figures.add(1, each.what(), each.readings());
            if (each.goalMillis() > 0) {
                figures.goal(each.what(), Measurement.MEDIAN, Goal.atMost(each.goalMillis()));
            }
        }
    }

    private static List<Measurement> measure() throws Exception {
        try (ReadStores stores = ReadStores.filled();
                KlineServer server = KlineServer.start(settings(stores))) {
            List<Measurement> results = new ArrayList<>();
            Client client = new Client(server.port());
            Map<String, String> latest = latest(stores);
            Map<String, String> klines = klines(stores);
            Map<String, String> rows = rows(stores);
            Map<String, String> zone = otherZone(stores);
            for (int clients : List.of(1, 4)) {
                String by = " by " + clients + (clients == 1 ? " client" : " clients");
                results.add(
                        client.measure(
                                "/api/v1/klines/latest of 2,000 symbols" + by,
                                LATEST_GOAL,
                                clients,
                                latest));
                results.add(
                        client.measure(
                                "/api/v1/klines of 1,000 across the seam" + by,
                                KLINES_GOAL,
                                clients,
                                klines));
                results.add(
                        client.measure(
                                "/api/v3/klines of 1,000 across the seam" + by,
                                KLINES_GOAL,
                                clients,
                                rows));
                results.add(
                        client.measure(
                                "/api/v3/klines of 1,000 days at +05:30 of half hours" + by,
                                ZONE_GOAL,
                                clients,
                                zone));
            }
            return results;
        }
    }

    private static ServerSettings settings(ReadStores stores) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of("USDT"),
                List.of(),
                List.of(),
                0,
                new ServerLimits(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT, LIMIT),
                false,
                Map.of(),
                stores.settings());
    }

    /** The answers by path. */
    private static Map<String, String> latest(ReadStores stores) {
        return Map.of(
                "/api/v1/klines/latest?interval=1d",
                "{\"interval\":\"1d\",\"missing\":[],\"klines\":[" + texts(stores.latest) + "]}");
    }

    private static Map<String, String> klines(ReadStores stores) {
        Map<String, String> answers = new TreeMap<>();
        for (List<Candle> candles : stores.histories) {
            String symbol = candles.get(0).symbol();
            answers.put(
                    "/api/v1/klines?symbol=" + symbol + "&interval=1d&limit=" + LIMIT,
                    "{\"symbol\":\""
                            + symbol
                            + "\",\"interval\":\"1d\",\"missing\":[],\"klines\":["
                            + texts(newest(candles))
                            + "]}");
        }
        return answers;
    }

    private static Map<String, String> rows(ReadStores stores) {
        Map<String, String> answers = new TreeMap<>();
        for (List<Candle> candles : stores.histories) {
            answers.put(
                    "/api/v3/klines?symbol="
                            + candles.get(0).symbol()
                            + "&interval=1d&limit="
                            + LIMIT,
                    newest(candles).stream()
                            .map(ReadBenchmark::row)
                            .collect(Collectors.joining(",", "[", "]")));
        }
        return answers;
    }

    /** Days of another zone, folded here once more: none of the half hours is without a trade. */
    private static Map<String, String> otherZone(ReadStores stores) {
        Interval day = Interval.parse("1d", ZoneOffset.ofHoursMinutes(5, 30));
        Map<Long, List<Candle>> days =
                stores.halfHours.stream()
                        .collect(
                                Collectors.groupingBy(
                                        candle -> day.openOf(candle.openTime()),
                                        TreeMap::new,
                                        Collectors.toList()));
        List<String> rows = new ArrayList<>();
        days.forEach((open, parts) -> rows.add(row(open, day.nextOpen(open) - 1, parts)));
        return Map.of(
                "/api/v3/klines?symbol="
                        + ReadStores.HALVED
                        + "&interval=1d&timeZone=5:30&limit="
                        + LIMIT,
                rows.subList(rows.size() - LIMIT, rows.size()).toString().replace("], [", "],["));
    }

    private static String row(long open, long close, List<Candle> parts) {
        return "[%d,\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",%d,\"%s\",%d,\"%s\",\"%s\",\"0\"]"
                .formatted(
                        open,
                        KlineJson.plain(parts.get(0).open()),
                        fold(parts, Candle::high, BigDecimal::max),
                        fold(parts, Candle::low, BigDecimal::min),
                        KlineJson.plain(parts.get(parts.size() - 1).close()),
                        fold(parts, Candle::volume, BigDecimal::add),
                        close,
                        fold(parts, Candle::quoteVolume, BigDecimal::add),
                        parts.stream().mapToLong(Candle::count).sum(),
                        fold(parts, Candle::takerBuyVolume, BigDecimal::add),
                        fold(parts, Candle::takerBuyQuoteVolume, BigDecimal::add));
    }

    private static String fold(
            List<Candle> parts,
            Function<Candle, BigDecimal> value,
            BinaryOperator<BigDecimal> fold) {
        return KlineJson.plain(parts.stream().map(value).reduce(fold).orElseThrow());
    }

    private static List<Candle> newest(List<Candle> candles) {
        return candles.subList(candles.size() - LIMIT, candles.size());
    }

    private static String texts(List<Candle> candles) {
        return candles.stream().map(KlineJson::write).collect(Collectors.joining(","));
    }

    private static String row(Candle candle) {
        return row(candle.openTime(), candle.closeTime(), List.of(candle));
    }

    /** Asks one server. */
    private record Client(HttpClient http, int port) {

        private static final int MOST_MICROS = 60_000_000;

        /** Ids are at random here. */
        private static final Pattern COMPLETE = Pattern.compile(",\"complete\":(true|false)");

        Client(int port) {
            this(HttpClient.newHttpClient(), port);
        }

        /** Asks for one of the paths after the other, at random. */
        Measurement measure(String what, double goal, int clients, Map<String, String> answers)
                throws Exception {
            ask(clients, WARM_UP, answers);
            long start = System.nanoTime();
            Histogram latencies = ask(clients, MEASURED, answers);
            double seconds = (System.nanoTime() - start) / 1e9;
            String path = answers.keySet().iterator().next().replaceAll("\\?.*", "");
            return new Measurement(what, goal, latencies, seconds, serverMedian(path));
        }

        private Histogram ask(int clients, Duration time, Map<String, String> answers)
                throws InterruptedException, ExecutionException {
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                List<Callable<Histogram>> tasks = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    Random random = new Random(i);
                    tasks.add(() -> askUntil(System.nanoTime() + time.toNanos(), answers, random));
                }
                Histogram all = new Histogram(MOST_MICROS, 3);
                for (Future<Histogram> one : threads.invokeAll(tasks)) {
                    all.add(one.get());
                }
                return all;
            } finally {
                threads.shutdown();
            }
        }

        private Histogram askUntil(long end, Map<String, String> answers, Random random)
                throws IOException, InterruptedException {
            Histogram latencies = new Histogram(MOST_MICROS, 3);
            List<String> paths = List.copyOf(answers.keySet());
            while (System.nanoTime() < end) {
                String path = paths.get(random.nextInt(paths.size()));
                long start = System.nanoTime();
                HttpResponse<String> response = get(path);
                latencies.recordValue((System.nanoTime() - start) / 1_000);
                String body = COMPLETE.matcher(response.body()).replaceAll("");
                if (response.statusCode() != 200 || !body.equals(answers.get(path))) {
                    throw new WrongResultException(path + ": " + response.statusCode());
                }
            }
            return latencies;
        }

        /** As {@code /metrics} reports it. */
        private double serverMedian(String path) throws IOException, InterruptedException {
            Matcher matcher =
                    Pattern.compile(
                                    "kline_http_requests_seconds\\{[^}]*path=\""
                                            + path
                                            + "\"[^}]*quantile=\"0\\.5\"[^}]*} (\\S+)")
                            .matcher(get("/metrics").body());
            return matcher.find() ? Double.parseDouble(matcher.group(1)) * 1e3 : Double.NaN;
        }

        private HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
