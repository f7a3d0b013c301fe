package io.kline.tools.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Interval;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The candles of the records of a load, folded without any code of the jobs: what every run is
 * compared with. A trade counts once, however late it is.
 */
final class NaiveFold {

    private static final long MINUTE = 60_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** The trades of one symbol. */
    private static final class Trades {
        private final TreeMap<Long, NaiveCandle> minutes = new TreeMap<>();
        private final Set<Long> ids = new HashSet<>();
    }

    private final Map<String, Trades> bySymbol = new HashMap<>();

    /** What a program has made of the same records. */
    record Comparison(long right, long wrong, long missing, String first) {

        /** Whether there is nothing to object to. */
        boolean isRight() {
            return wrong == 0 && missing == 0 && right > 0;
        }

        /** For people. */
        String text() {
            return "%,d candles are right, %,d wrong, %,d missing%s"
                    .formatted(right, wrong, missing, first == null ? "" : "; " + first);
        }
    }

    /** Takes the next record. */
    void add(byte[] value) {
        String symbol = null;
        long id = -1;
        long time = -1;
        BigDecimal price = null;
        BigDecimal quantity = null;
        try (JsonParser json = JSON.createParser(value)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "s" -> symbol = json.getText();
                    case "t" -> id = json.getLongValue();
                    case "T" -> time = json.getLongValue();
                    case "p" -> price = new BigDecimal(json.getText());
                    case "q" -> quantity = new BigDecimal(json.getText());
                    default -> json.skipChildren();
                }
            }
        } catch (IOException malformed) {
            return;
        }
        Trades known = bySymbol.computeIfAbsent(symbol, any -> new Trades());
        if (known.ids.add(id)) {
            known.minutes
                    .computeIfAbsent(time - time % MINUTE, any -> new NaiveCandle())
                    .add(time, id, price, quantity);
        }
    }

    /**
     * Compares with candles that a program has written, one a line: {@code
     * symbol,open_time_ms,open,high,low,close,volume,count[,interval]}. Without an interval it is
     * one of a minute. Candles without trades are passed over.
     *
     * @param intervals those that there have to be
     */
    Comparison compare(Path file, Iterable<Interval> intervals) throws IOException {
        Map<String, String> expected = new HashMap<>();
        for (Interval interval : intervals) {
            bySymbol.forEach((symbol, of) -> expected.putAll(rows(symbol, of, interval)));
        }
        long wrong = 0;
        String first = null;
        Set<String> missing = new HashSet<>(expected.keySet());
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                if (fields[7].equals("0")) {
                    continue;
                }
                String key = key(fields);
                missing.remove(key);
                if (!row(fields).equals(expected.get(key))) {
                    wrong++;
                    first = first == null ? line + " instead of " + expected.get(key) : first;
                }
            }
        }
        if (first == null && !missing.isEmpty()) {
            first = missing.iterator().next() + " is missing";
        }
        return new Comparison(
                expected.size() - wrong - missing.size(), wrong, missing.size(), first);
    }

    private static Map<String, String> rows(String symbol, Trades of, Interval interval) {
        Map<Long, NaiveCandle> candles = new TreeMap<>();
        of.minutes.forEach(
                (minute, candle) ->
                        candles.computeIfAbsent(interval.openOf(minute), any -> new NaiveCandle())
                                .add(candle));
        Map<String, String> rows = new HashMap<>();
        candles.forEach((at, candle) -> rows.put(key(symbol, interval.code(), at), candle.row()));
        return rows;
    }

    private static String key(String... fields) {
        return key(fields[0], fields.length > 8 ? fields[8] : "1m", Long.parseLong(fields[1]));
    }

    private static String key(String symbol, String interval, long open) {
        return symbol + " " + interval + " " + open;
    }

    private static String row(String... fields) {
        return NaiveCandle.row(
                new BigDecimal(fields[2]),
                new BigDecimal(fields[3]),
                new BigDecimal(fields[4]),
                new BigDecimal(fields[5]),
                new BigDecimal(fields[6]),
                Long.parseLong(fields[7]));
    }
}
