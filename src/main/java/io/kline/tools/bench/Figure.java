package io.kline.tools.bench;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the runs of a variant have measured of one kind. */
final class Figure {

    private final String variant;
    private final String what;
    private final String unit;
    private final SortedMap<Integer, Double> values = new TreeMap<>();
    private Goal goal;

    Figure(String variant, String what, String unit) {
        this.variant = variant;
        this.what = what;
        this.unit = unit;
    }

    String variant() {
        return variant;
    }

    String what() {
        return what;
    }

    String unit() {
        return unit;
    }

    /** What was measured, by the number of the run. */
    SortedMap<Integer, Double> values() {
        return values;
    }

    /** What is wanted; null if nothing is. */
    Goal goal() {
        return goal;
    }

    void goal(Goal wanted) {
        goal = wanted;
    }

    /** The middle of the runs; of an even number the mean of the two in the middle. */
    double median() {
        double[] sorted =
                values.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double lowest() {
        return values.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return values.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** This one divided by another, run by run. */
    Figure over(Figure other, String ratioOf) {
        Figure ratio = new Figure(ratioOf, what, "×");
        for (Map.Entry<Integer, Double> one : values.entrySet()) {
            Double divisor = other.values.get(one.getKey());
            if (divisor != null) {
                ratio.values.put(one.getKey(), one.getValue() / divisor);
            }
        }
        return ratio;
    }

    /** One line of the table. */
    String line() {
        return "  %-34s %-44s %12s  %-25s %-9s %s"
                .formatted(
                        variant,
                        what,
                        number(median()),
                        values.size() == 1
                                ? "one run"
                                : number(lowest()) + " to " + number(highest()),
                        unit,
                        goal == null ? "" : goal.verdict(median()))
                .stripTrailing();
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
