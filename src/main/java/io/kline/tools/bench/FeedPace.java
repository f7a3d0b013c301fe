package io.kline.tools.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When each record of a load is due: stretches of a steady rate, one behind the other.
 *
 * @param steps the stretches
 */
record FeedPace(List<Step> steps) {

    /**
     * A steady rate.
     *
     * @param records how many there are
     * @param millis how long they take
     */
    record Step(long records, long millis) {}

    /** One rate from the beginning to the end. */
    static FeedPace steady(long records, long millis) {
        return new FeedPace(List.of(new Step(records, millis)));
    }

    /** The same pace, and then so many records a second for a time. */
    FeedPace then(long perSecond, long seconds) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(perSecond * seconds, seconds * 1_000));
        return new FeedPace(List.copyOf(more));
    }

    /** The pace without records. */
    static FeedPace none() {
        return new FeedPace(List.of());
    }

    /** Number of records. */
    long records() {
        return steps.stream().mapToLong(Step::records).sum();
    }

    /** How long they take, ms. */
    long millis() {
        return steps.stream().mapToLong(Step::millis).sum();
    }

    /** When a record is due, ms after the first; the first is 0. */
    long due(long record) {
        long left = record;
        long millis = 0;
        for (Step step : steps) {
            if (left < step.records) {
                return millis + (long) ((double) left * step.millis / step.records);
            }
            left -= step.records;
            millis += step.millis;
        }
        throw new IllegalArgumentException("there is no record " + record);
    }

    /** The pace as {@link #parse} reads it. */
    String text() {
        return steps.stream()
                .map(step -> step.records + "/" + step.millis)
                .collect(Collectors.joining(","));
    }

    /** Reads what {@link #text} has written. */
    static FeedPace parse(String text) {
        return new FeedPace(
                Arrays.stream(text.split(","))
                        .map(step -> step.split("/"))
                        .map(step -> new Step(Long.parseLong(step[0]), Long.parseLong(step[1])))
                        .toList());
    }
}
