package io.kline.server.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * The characters that wait for all clients together. Where there are too many, those clients have
 * to go for which more than their share waits. Where there are almost too many, those go for which
 * most waits. A client that has taken everything notices nothing. Thread safe.
 */
final class WaitingCharacters {

    /** A part of the heap; texts have a byte for each character, mostly. */
    private static final int PARTS_OF_HEAP = 8;

    /** Of those that there is room for, characters beyond which the greediest client goes. */
    private static final double ENOUGH = 0.75;

    private final long most;
    private final IntSupplier clients;
    private final AtomicLong waiting = new AtomicLong();

    /**
     * @param most characters
     * @param clients how many share them
     */
    WaitingCharacters(long most, IntSupplier clients) {
        this.most = most;
        this.clients = clients;
    }

    /** One that the memory of this process has room for. */
    static WaitingCharacters ofHeap(IntSupplier clients) {
        return new WaitingCharacters(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP, clients);
    }

    /**
     * Whether there is room for more.
     *
     * @param more characters
     * @param own those that wait for the same client
     */
    boolean admits(int more, int own) {
        return own == 0
                || waiting.get() + more <= most
                || own + more <= most / Math.max(1, clients.getAsInt());
    }

    /** How many should go; 0 or fewer if none has to. */
    long excess() {
        return waiting.get() - (long) (ENOUGH * most);
    }

    /** Takes up characters that wait now, or fewer than 0 that no longer do. */
    void add(int characters) {
        waiting.addAndGet(characters);
    }

    /** How many wait. */
    long waiting() {
        return waiting.get();
    }
}
