package io.kline.tools.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * When the trades of a file are due, and what their times are on the topic: as recorded, or shifted
 * so that the first trade happens when it is read.
 *
 * <p>A time more than an hour from all that came before is a jump. It is reported and takes no
 * time: the trades from there on follow at once. Trades of both sides may alternate: each side goes
 * on from the highest time it has reached.
 */
final class Timeline {

    /** Stands for a time that is not known. */
    static final long UNKNOWN = -1;

    /** Ms that a replay waits for at most. */
    private static final long LONGEST_WAIT = 3_600_000;

    /** A smaller number is no time in ms of any trade: it would be before 1973. */
    private static final long EARLIEST = 100_000_000_000L;

    /** Sides of jumps that are remembered: files alternate between few. */
    private static final int MOST_STRETCHES = 16;

    /**
     * A jump of the time.
     *
     * @param line where it is
     * @param from the highest time before it, ms
     * @param to the time of that line, ms
     */
    record Jump(long line, long from, long to) {}

    /** Trades without a jump between them. */
    private static final class Stretch {

        private final long offset;
        private long highest;

        /**
         * @param first time of its first trade
         * @param position when that is due
         */
        private Stretch(long first, long position) {
            highest = first;
            offset = position - first;
        }

        private long distance(long time) {
            return Math.abs(time - highest);
        }
    }

    private final LongSupplier clock;
    private final boolean rebase;
    private final Consumer<Jump> jumps;
    private final List<Stretch> stretches = new ArrayList<>();
    private Stretch current;
    private long start;
    private long reached;

    /**
     * @param clock the present, ms
     * @param rebase whether times are shifted
     * @param jumps is given every jump
     */
    Timeline(LongSupplier clock, boolean rebase, Consumer<Jump> jumps) {
        this.clock = clock;
        this.rebase = rebase;
        this.jumps = jumps;
    }

    /** The timeline of a file that is only read. */
    static Timeline asRecorded() {
        return new Timeline(System::currentTimeMillis, false, jump -> {});
    }

    /**
     * Takes the time of a trade.
     *
     * @return ms after the first trade at which it is due, or {@link #UNKNOWN} if no trade can have
     *     been recorded then: a broken time, in the future, say, would otherwise hold up or
     *     displace the rest of the file
     */
    long take(long line, long time) {
        long now = clock.getAsLong();
        if (time < EARLIEST || time > now) {
            return UNKNOWN;
        }
        Stretch nearest =
                stretches.stream()
                        .min(Comparator.comparingLong(one -> one.distance(time)))
                        .filter(one -> one.distance(time) <= LONGEST_WAIT)
                        .orElse(null);
        if (nearest == null) {
            if (current == null) {
                start = now;
            } else {
                jumps.accept(new Jump(line, current.highest, time));
            }
            nearest = new Stretch(time, reached);
            stretches.add(nearest);
            if (stretches.size() > MOST_STRETCHES) {
                stretches.remove(0);
            }
        }
        current = nearest;
        current.highest = Math.max(current.highest, time);
        long position = current.highest + current.offset;
        reached = Math.max(reached, position);
        return position;
    }

    /** Whether {@link #shifted} changes times. */
    boolean shifts() {
        return rebase && current != null;
    }

    /** What goes out for {@code time}, a time of the trade taken last, both in ms. */
    long shifted(long time) {
        return shifts() && time > 0 ? start + time + current.offset : time;
    }
}
