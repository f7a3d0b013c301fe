package io.kline.tools.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * When the trades of a file are due, and what their times are on the topic: as recorded, or shifted
 * so that the first trade happens when it is read.
 *
 * <p>A time more than an hour from all that came before is a jump. It is reported and takes no
 * time: the trades from there on follow at once. Trades of both sides may alternate: each side goes
 * on from the highest time it has reached. The sides seen last are remembered, {@value #MOST_SIDES}
 * of them; a forgotten one begins anew, with a jump.
 */
final class Timeline {

    /** Stands for a time that is not known. */
    static final long UNKNOWN = -1;

    /** Ms that a replay waits for at most. */
    private static final long LONGEST_WAIT = 3_600_000;

    /** A smaller number is no time in ms of any trade: it would be before 1973. */
    private static final long EARLIEST = 100_000_000_000L;

    /** Sides of jumps that are remembered: files alternate between few dates. */
    static final int MOST_SIDES = 256;

    /**
     * A jump of the time.
     *
     * @param line where it is
     * @param from the highest time before it, ms
     * @param to the time of that line, ms
     */
    record Jump(long line, long from, long to) {}

    /** Trades without a jump between them. */
    private static final class Side {

        private final long offset;
        private long highest;

        /**
         * @param first time of its first trade
         * @param position when that is due
         */
        private Side(long first, long position) {
            highest = first;
            offset = position - first;
        }

        private boolean isNear(long time) {
            return Math.abs(time - highest) <= LONGEST_WAIT;
        }
    }

    private final LongSupplier clock;
    private final boolean rebase;
    private final Consumer<Jump> jumps;

    /** The one seen last is the last. */
    private final List<Side> sides = new ArrayList<>();

    private Side current;
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
        if (current == null) {
            start = now;
            current = begin(time);
        } else if (!current.isNear(time)) {
            long from = current.highest;
            Side side = remembered(time);
            if (side == null) {
                jumps.accept(new Jump(line, from, time));
                side = begin(time);
            }
            current = side;
        }
        current.highest = Math.max(current.highest, time);
        long position = current.highest + current.offset;
        reached = Math.max(reached, position);
        return position;
    }

    /** The side that a time belongs to, now the last one; null if none is near. */
    private Side remembered(long time) {
        for (int i = sides.size() - 1; i >= 0; i--) {
            if (sides.get(i).isNear(time)) {
                Side side = sides.remove(i);
                sides.add(side);
                return side;
            }
        }
        return null;
    }

    private Side begin(long time) {
        Side side = new Side(time, reached);
        sides.add(side);
        if (sides.size() > MOST_SIDES) {
            sides.remove(0);
        }
        return side;
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
