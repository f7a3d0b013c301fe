package io.kline.demo;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The lines of the live table. */
final class LiveTableText {

    private static final List<String> HEADER =
            List.of(
                    "SYMBOL", "LAST", "1m OPEN", "HIGH", "LOW", "CLOSE", "VOLUME", "TRADES",
                    "DAY %", "AGE");

    private static final Comparator<LatestCandles> MOST_ACTIVE =
            Comparator.comparingLong((LatestCandles candles) -> candles.day().count())
                    .reversed()
                    .thenComparing(candles -> candles.day().symbol());

    private LiveTableText() {}

    /**
     * A header and one line for each of the {@code count} symbols with the most trades today.
     *
     * @param now for the age of the last trade, ms
     */
    static List<String> lines(Collection<LatestCandles> all, int count, long now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        all.stream().sorted(MOST_ACTIVE).limit(count).forEach(c -> rows.add(row(c, now)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(row.get(0));
        line.append(" ".repeat(widths[0] - row.get(0).length()));
        for (int column = 1; column < widths.length; column++) {
            line.append(" ".repeat(2 + widths[column] - row.get(column).length()));
            line.append(row.get(column));
        }
        return line.toString();
    }

    private static List<String> row(LatestCandles candles, long now) {
        Candle minute = candles.minute();
        BigDecimal last = candles.newest().close();
        int scale =
                Stream.of(last, minute.open(), minute.high(), minute.low(), minute.close())
                        .mapToInt(BigDecimal::scale)
                        .max()
                        .orElse(0);
        return List.of(
                minute.symbol(),
                price(last, scale),
                price(minute.open(), scale),
                price(minute.high(), scale),
                price(minute.low(), scale),
                price(minute.close(), scale),
                volume(minute.volume()),
                Long.toString(minute.count()),
                change(candles.day().open(), last),
                age(now - candles.newest().lastTime()));
    }

    private static String price(BigDecimal price, int scale) {
        return price.setScale(Math.max(0, scale), RoundingMode.UNNECESSARY).toPlainString();
    }

    /** Five digits at most, with a letter for thousands and more. */
    static String volume(BigDecimal volume) {
        BigDecimal rest = volume.round(new MathContext(5));
        String letters = " KMBT";
        int letter = 0;
        while (rest.compareTo(BigDecimal.valueOf(100_000)) >= 0 && letter < letters.length() - 1) {
            rest = rest.movePointLeft(3);
            letter++;
        }
        return KlineJson.plain(rest) + (letter == 0 ? "" : letters.charAt(letter));
    }

    /** Signed percentage with two decimals. */
    static String change(BigDecimal from, BigDecimal to) {
        BigDecimal percent =
                to.subtract(from).movePointRight(2).divide(from, 2, RoundingMode.HALF_UP);
        return (percent.signum() > 0 ? "+" : "") + percent.toPlainString();
    }

    /** A span of ms in its largest unit; never negative, clocks of two machines may differ. */
    static String age(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 10) {
            return BigDecimal.valueOf(Math.max(0, millis) / 100, 1) + " s";
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " m";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
