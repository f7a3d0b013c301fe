package io.kline.tools.rebuild;

import io.kline.model.CandleKey;
import io.kline.tools.replay.TimeText;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Prints a line per candle that differs, and counts. */
final class Findings {

    private final PrintStream out;
    private final Set<String> appliedSeries = new HashSet<>();
    private long different;
    private long applied;
    private long refused;
    private long heldBack;
    private long filled;
    private long shortSeries;
    private long unknown;
    private long notCompared;
    private long staleBehind;
    private long withoutLatest;

    Findings(PrintStream out) {
        this.out = out;
    }

    /**
     * Takes a candle that differs.
     *
     * @param isApplied whether it was repaired, unless it is refused
     */
    void add(Difference difference, boolean isApplied) {
        different++;
        String fate = "";
        if (difference.isRefused()) {
            refused++;
            fate = " -> refused: " + difference.refusal();
        } else if (isApplied) {
            applied++;
            appliedSeries.add(series(difference.key().symbol(), difference.key().interval()));
            fate = " -> " + (difference.removed() ? "removed" : written(difference));
        }
        out.printf(
                "%s %s %s %s%s%n",
                difference.key().symbol(),
                difference.key().interval(),
                TimeText.of(difference.key().openTime()),
                String.join(" | ", difference.texts()),
                fate);
    }

    /** Takes candles that were passed over, because the live job still holds them. */
    void heldBack(long candles) {
        heldBack += candles;
    }

    /** Takes what was filled into the history of a series. */
    void filled(String symbol, String interval, int candles) {
        filled += candles;
        out.printf(
                Locale.ROOT,
                "%s %s redis: lacks %,d stored candles -> filled in%n",
                symbol,
                interval,
                candles);
    }

    /**
     * Takes a series whose history is not filled: the live job has not issued a candle yet. The
     * history job brings what was written to the topic.
     */
    void withoutLatest(String symbol, String interval) {
        boolean isOnItsWay = appliedSeries.contains(series(symbol, interval));
        withoutLatest += isOnItsWay ? 0 : 1;
        out.printf(
                "%s %s redis: has no latest kline yet; %s%n",
                symbol,
                interval,
                isOnItsWay
                        ? "its history comes by the history job"
                        : "run this again when the live job has issued one");
    }

    /** Takes series whose history lacks stored candles, and is left so. */
    void shortSeries(int series) {
        shortSeries += series;
    }

    /** Takes a symbol that was asked for, of which there is nothing anywhere. */
    void unknown(String symbol) {
        unknown++;
        out.println(symbol + ": there are no trades of it, and no candles");
    }

    /** Takes a symbol that was asked for, of which there are only candles. */
    void notCompared(String symbol) {
        notCompared++;
        out.println(symbol + " has no trades there: its candles were not compared");
    }

    /** Takes the first of flat candles behind the range that carry another trade than its last. */
    void staleBehind(CandleKey key) {
        staleBehind++;
        out.printf(
                "%s %s %s behind --to: flat, of another price or trade than the last one before it;"
                        + " --to has to be later%n",
                key.symbol(), key.interval(), TimeText.of(key.openTime()));
    }

    /** Whether nothing is left that differs, and there was something of every symbol. */
    boolean isClean() {
        return different == applied
                && shortSeries == 0
                && unknown == 0
                && notCompared == 0
                && staleBehind == 0
                && withoutLatest == 0;
    }

    /** The last lines. */
    void summary(long symbols, int intervals) {
        out.printf(
                Locale.ROOT,
                "%,d symbols × %d intervals: %,d candles differ, %,d applied, %,d refused; %s%n",
                symbols,
                intervals,
                different,
                applied,
                refused,
                shortSeries == 0
                        ? String.format(
                                Locale.ROOT, "%,d candles filled into the history of Redis", filled)
                        : String.format(
                                Locale.ROOT,
                                "%,d series are short in the history of Redis",
                                shortSeries));
        if (heldBack > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d candles were passed over: the live job still holds them%n",
                    heldBack);
        }
    }

    /** How far it is, for people. */
    String progress() {
        return String.format(Locale.ROOT, "%,d candles differ", different);
    }

    private static String series(String symbol, String interval) {
        return symbol + " " + interval;
    }

    private static String written(Difference difference) {
        return difference.candle() == null
                ? "ledger mended"
                : "written, r " + difference.candle().revision();
    }
}
