package io.kline.tools.chaos;

import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Scenarios that are played in the time in which another one, their host, only waits. */
final class Guests {

    private Player player = () -> false;

    /** Who plays them. */
    @FunctionalInterface
    interface Player {

        /** Plays one that has not been played, and returns whether there was any. */
        boolean playNext() throws Exception;
    }

    /** From now on these are played; returns who played before. */
    Player invite(Player next) {
        Player before = player;
        player = next;
        return before;
    }

    /** Lets a time pass; a little more if the last one takes longer. */
    void meanwhile(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        boolean isAnyLeft = true;
        while (isAnyLeft && System.nanoTime() < end) {
            isAnyLeft = player.playNext();
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
    }

    /**
     * Waits for something. What is played takes no time from {@code atMost}.
     *
     * @throws io.kline.tools.stack.ServerException when it does not happen within the time
     */
    void until(String what, Duration atMost, BooleanSupplier happened) throws Exception {
        boolean isAnyLeft = true;
        while (isAnyLeft && !happened.getAsBoolean()) {
            isAnyLeft = player.playNext();
        }
        Await.until(what, atMost, happened);
    }
}
