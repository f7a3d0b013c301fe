package io.kline.tools.rebuild;

import java.io.PrintStream;
import java.util.Locale;

/** Prints a line per candle that differs, and counts. */
final class Findings {

    private final PrintStream out;
    private long different;
    private long applied;
    private long refused;
    private long heldBack;
    private long filled;
    private boolean areFilled;

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

    /**
     * Takes what the history of a series lacks.
     *
     * @param isApplied whether it was filled in
     */
    void missing(String symbol, String interval, int candles, boolean isApplied) {
        filled += candles;
        areFilled = isApplied;
        out.printf(
                Locale.ROOT,
                "%s %s redis: lacks %,d stored candles%s%n",
                symbol,
                interval,
                candles,
                isApplied ? " -> filled in" : "");
    }

    /** Whether nothing is left that differs. */
    boolean isClean() {
        return different == applied && (filled == 0 || areFilled);
    }

    /** The last lines. */
    void summary(long symbols, int intervals) {
        out.printf(
                Locale.ROOT,
                "%,d symbols × %d intervals: %,d candles differ, %,d applied, %,d refused; %,d"
                        + " candles %s into the history of Redis%n",
                symbols,
                intervals,
                different,
                applied,
                refused,
                filled,
                areFilled ? "filled" : "to be filled");
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

    private static String written(Difference difference) {
        return difference.candle() == null
                ? "ledger mended"
                : "written, r " + difference.candle().revision();
    }
}
