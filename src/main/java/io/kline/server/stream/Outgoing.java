package io.kline.server.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What waits for one client. For a client that does not keep up, a forming candle that waits is
 * replaced by what comes next on its stream: it gets the newest, and nothing that is final is left
 * out. Thread safe; never waits for the network.
 */
final class Outgoing {

    /** Enough for the network to have work, and few: what is handed over is not replaced. */
    static final int MOST_IN_FLIGHT = 16;

    /** Enough for the network in any case, so of long messages fewer are handed over. */
    static final int ENOUGH_IN_FLIGHT = 256 * 1024;

    /** Characters that may wait: all tickers of an exchange are half a million. */
    static final int MOST_CHARACTERS = 4 << 20;

    private final int mostWaiting;
    private final Consumer<String> network;

    // What follows is guarded by this.
    private final Deque<Message> waiting = new ArrayDeque<>();
    private final Map<String, Message> newest = new HashMap<>();
    private final Deque<Integer> inFlight = new ArrayDeque<>();
    private int charactersInFlight;
    private int charactersWaiting;
    private boolean isSending;

    /** What became of a message. */
    enum Fate {
        ADDED,
        REPLACED_ANOTHER,
        ONE_TOO_MANY
    }

    /** One that waits; belongs to no stream if that is null. */
    private static final class Message {
        private final String stream;
        private String text;
        private boolean isFinal;

        private Message(String stream, String text, boolean isFinal) {
            this.stream = stream;
            this.text = text;
            this.isFinal = isFinal;
        }
    }

    /**
     * @param mostWaiting messages that may wait
     * @param network sends a text, and has {@link #sent} called afterwards
     */
    Outgoing(int mostWaiting, Consumer<String> network) {
        this.mostWaiting = mostWaiting;
        this.network = network;
    }

    /** Sends what belongs to no stream. */
    Fate add(String text) {
        return add(null, text, true);
    }

    /**
     * Sends a message of a stream.
     *
     * @param isFinal whether it must not be left out
     */
    Fate add(String stream, String text, boolean isFinal) {
        synchronized (this) {
            Message before = stream == null ? null : newest.get(stream);
            if (before != null && !before.isFinal) {
                charactersWaiting += text.length() - before.text.length();
                before.text = text;
                before.isFinal = isFinal;
                return Fate.REPLACED_ANOTHER;
            }
            if (waiting.size() >= mostWaiting
                    || !waiting.isEmpty() && charactersWaiting + text.length() > MOST_CHARACTERS) {
                return Fate.ONE_TOO_MANY;
            }
            charactersWaiting += text.length();
            Message message = new Message(stream, text, isFinal);
            waiting.add(message);
            if (stream != null) {
                newest.put(stream, message);
            }
        }
        pump();
        return Fate.ADDED;
    }

    /** A message has left; they do so in their order. */
    void sent() {
        synchronized (this) {
            charactersInFlight -= inFlight.poll();
        }
        pump();
    }

    /** One thread at a time, so that the order stays. */
    private void pump() {
        synchronized (this) {
            if (isSending) {
                return;
            }
            isSending = true;
        }
        for (String text = next(); text != null; text = next()) {
            network.accept(text);
        }
    }

    private synchronized String next() {
        if (waiting.isEmpty()
                || inFlight.size() == MOST_IN_FLIGHT
                || charactersInFlight >= ENOUGH_IN_FLIGHT) {
            isSending = false;
            return null;
        }
        Message message = waiting.poll();
        charactersWaiting -= message.text.length();
        charactersInFlight += message.text.length();
        inFlight.add(message.text.length());
        if (message.stream != null) {
            newest.remove(message.stream, message);
        }
        return message.text;
    }
}
