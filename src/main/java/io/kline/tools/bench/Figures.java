package io.kline.tools.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one benchmark has measured, in the order in which it was first seen. */
final class Figures {

    private final String benchmark;
    private final PrintStream progress;
    private final Map<List<String>, Figure> figures = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param progress gets a line for each step
     */
    Figures(String benchmark, PrintStream progress) {
        this.benchmark = benchmark;
        this.progress = progress;
    }

    /** Says how far it is. */
    void progress(String step) {
        progress.println(benchmark + ": " + step);
    }

    /** Adds what a run of a variant has measured; the first run is 1. */
    void add(int run, String variant, List<Reading> readings) {
        for (Reading reading : readings) {
            figure(variant, reading.what(), reading.unit()).values().put(run, reading.value());
        }
    }

    /** Sets what is wanted of a figure, if it was measured. */
    void goal(String variant, String what, Goal goal) {
        Figure figure = figures.get(List.of(variant, what));
        if (figure != null) {
            figure.goal(goal);
        }
    }

    /** Adds the ratio of one variant to another, run by run, if both were measured. */
    void ratio(String variant, String other, String what) {
        Figure divided = figures.get(List.of(variant, what));
        Figure divisor = figures.get(List.of(other, what));
        if (divided != null && divisor != null) {
            Figure ratio = divided.over(divisor, ratioName(variant, other));
            if (!ratio.values().isEmpty()) {
                figures.put(List.of(ratio.variant(), what), ratio);
            }
        }
    }

    /** The variant under which {@link #ratio} files a ratio. */
    static String ratioName(String variant, String other) {
        return variant + " / " + other;
    }

    /** A figure that was measured. */
    Figure get(String variant, String what) {
        return figures.get(List.of(variant, what));
    }

    /** A run was wrong. */
    void wrong(String why) {
        wrong.add(why);
        progress.println(benchmark + ": WRONG: " + why);
    }

    /** Says under which conditions the figures were taken. */
    void note(String note) {
        notes.add(note);
    }

    String benchmark() {
        return benchmark;
    }

    List<Figure> all() {
        return List.copyOf(figures.values());
    }

    List<String> wrong() {
        return wrong;
    }

    List<String> notes() {
        return notes;
    }

    /** The table. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(benchmark + "   median, range, unit, goal");
        figures.values().forEach(figure -> lines.add(figure.line()));
        notes.forEach(note -> lines.add("  " + note));
        wrong.forEach(why -> lines.add("  WRONG, does not count: " + why));
        return lines;
    }

    private Figure figure(String variant, String what, String unit) {
        return figures.computeIfAbsent(
                List.of(variant, what), any -> new Figure(variant, what, unit));
    }
}
