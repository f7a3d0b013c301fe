package io.kline.tools.export;

import io.kline.config.KlineOptions;
import io.kline.model.Interval;
import io.kline.model.Symbol;
import io.kline.store.KlineCsv;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.mysql.RestatedCandles;
import io.kline.store.mysql.RestatedCandles.Restated;
import io.kline.tools.replay.TimeText;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One call of {@code export.sh}. */
final class ExportRun {

    private static final long DAY = 86_400_000;

    private final ExportOptions own;
    private final KlineOptions options;
    private final ZoneOffset offset;
    private final Interval interval;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @throws IllegalArgumentException naming the option that is wrong
     */
    ExportRun(ExportOptions own, KlineOptions options, PrintStream out, PrintStream err) {
        this.own = own;
        this.options = options;
        this.offset = options.kline.zoneOffset;
        this.interval = Interval.parse(own.interval, offset);
        this.out = out;
        this.err = err;
        if (!Symbol.isValid(own.symbol)) {
            throw new IllegalArgumentException("--symbol: '" + own.symbol + "' is not a symbol");
        }
    }

    /** Writes the archives, or lists what was restated; returns whether there was anything. */
    boolean run() throws SQLException, IOException {
        LocalDate today = LocalDate.now(Clock.systemUTC().withZone(offset));
        LocalDate from = day("--from", own.from);
        LocalDate to = own.to == null ? end(today) : day("--to", own.to);
        try (Connection connection = MysqlLogin.of(options.mysql).connect()) {
            if (own.restatedSince != null) {
                return restated(connection, from, to);
            }
            if (to.isAfter(today)) {
                throw new IllegalArgumentException(
                        "--to must not be after " + today + ": today is not over");
            }
            if (!from.isBefore(today)) {
                throw new IllegalArgumentException("--from: " + from + " is not over");
            }
            return archives(connection, Period.of(from, to, own.monthly));
        }
    }

    /** The end of a range that names none. */
    private LocalDate end(LocalDate today) {
        if (own.restatedSince != null) {
            return today.plusDays(1);
        }
        return own.monthly ? today.withDayOfMonth(1) : today;
    }

    private boolean archives(Connection connection, List<Period> periods)
            throws SQLException, IOException {
        if (!own.monthly && interval.nextOpen(0) - interval.openOf(0) > DAY) {
            throw new IllegalArgumentException(
                    "candles of " + interval.code() + " are in archives of months: --monthly");
        }
        ClosedCandles candles = new ClosedCandles(connection, own.symbol, interval.code());
        long all = 0;
        for (Period period : periods) {
            TimeUnit unit = own.timeUnit == null ? TimeUnit.of(period.first()) : own.timeUnit;
            Archive archive = new Archive(own.out, name(period));
            AtomicLong last = new AtomicLong();
            long rows =
                    archive.write(
                            csv ->
                                    candles.read(
                                            period.from(offset),
                                            period.to(offset),
                                            candle -> {
                                                last.set(candle.openTime());
                                                csv.write(
                                                        KlineCsv.row(
                                                                candle,
                                                                unit.first(candle.openTime()),
                                                                unit.last(candle.closeTime())));
                                            }));
            all += rows;
            if (rows == 0) {
                err.println(archive.name() + ": no candles");
            } else {
                out.printf("%s.zip  %,d of %,d candles%n", archive.name(), rows, opens(period));
                noteEnd(archive, interval.nextOpen(last.get()), period);
            }
        }
        return all > 0;
    }

    /** Says so where the last candles are not closed yet, or not in MySQL. */
    private void noteEnd(Archive archive, long next, Period period) {
        if (next < period.to(offset)) {
            err.printf(
                    "%s: no closed candle from %s on; export it again if the symbol trades%n",
                    archive.name(), Instant.ofEpochMilli(next));
        }
    }

    private boolean restated(Connection connection, LocalDate from, LocalDate to)
            throws SQLException {
        List<Restated> all =
                RestatedCandles.read(
                        connection,
                        own.symbol,
                        interval.code(),
                        millis(from),
                        millis(to) - 1,
                        TimeText.parse("--restated-since", own.restatedSince, offset));
        out.println("open_time,restated_at,late_trades,revision");
        for (Restated one : all) {
            out.printf(
                    "%s,%s,%d,%d%n",
                    Instant.ofEpochMilli(one.openTime()),
                    Instant.ofEpochMilli(one.at()),
                    one.lateTrades(),
                    one.revision());
        }
        return true;
    }

    /** How many candles open in a period. */
    private long opens(Period period) {
        long count = 0;
        long end = period.to(offset);
        long open = interval.openOf(period.from(offset));
        while (open < end) {
            count += open >= period.from(offset) ? 1 : 0;
            open = interval.nextOpen(open);
        }
        return count;
    }

    /** Binance writes a month as {@code 1mo}, where names of files know no case. */
    private String name(Period period) {
        return own.symbol + "-" + interval.code().replace("M", "mo") + "-" + period.name();
    }

    private LocalDate day(String option, String text) {
        long millis = TimeText.parse(option, text, offset);
        LocalDate day = Instant.ofEpochMilli(millis).atOffset(offset).toLocalDate();
        if (millis(day) != millis) {
            throw new IllegalArgumentException(option + ": '" + text + "' is not a whole day");
        }
        return day;
    }

    private long millis(LocalDate day) {
        return day.atStartOfDay().toInstant(offset).toEpochMilli();
    }
}
