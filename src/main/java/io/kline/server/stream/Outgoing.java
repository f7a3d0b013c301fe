package io.kline.server.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What waits for one client. For a client that does not keep up, a forming candle that waits is
 * replaced by what comes next on its stream: it gets the newest, and nothing that is final is left
 * out. So what is forming is bounded by the streams of a client, and only what is final is counted.
 * Thread safe; never waits for the network.
 */
final class Outgoing {

    /** Enough for the network to have work, and few: what is handed over is not replaced. */
    static final int MOST_IN_FLIGHT = 16;

    /** Enough for the network in any case, so of long messages fewer are handed over. */
    static final int ENOUGH_IN_FLIGHT = 256 * 1024;

    /** Characters that may wait: all tickers of an exchange are half a million. */
    static final int MOST_CHARACTERS = 4 << 20;

    /** Characters of answers behind which no more is asked: a list of all streams is 45,000. */
    static final int ENOUGH_OF_ANSWERS = 64 * 1024;

    /** Answers behind which no more is asked. */
    static final int ENOUGH_ANSWERS = 50;

    private final int mostFinal;
    private final WaitingCharacters backlog;
    private final Consumer<String> network;

    // What follows is guarded by this.
    private final Deque<Message> waiting = new ArrayDeque<>();
    private final Map<String, Message> newest = new HashMap<>();
    private final Deque<Message> inFlight = new ArrayDeque<>();
    private int finalWaiting;
    private int answers;
    private int charactersOfAnswers;
    private Runnable afterAnswers;
    private long heldBackSince;
    private int charactersInFlight;
    private int charactersWaiting;
    private boolean isSending;
    private boolean ended;

    /** What became of a message. */
    enum Fate {
        ADDED,
        REPLACED_ANOTHER,
        ONE_TOO_MANY
    }

    /** One that waits; an answer, of no stream, if that is null. */
    private static final class Message {
        private final String stream;

        /** When it came, or the one whose place it took, ns. */
        private final long since = System.nanoTime();

        private String text;
        private boolean isFinal;

        private Message(String stream, String text, boolean isFinal) {
            this.stream = stream;
            this.text = text;
            this.isFinal = isFinal;
        }
    }

    /**
     * @param mostFinal messages that may wait and must not be left out
     * @param backlog what waits for all clients together
     * @param network sends a text, and has {@link #sent} called afterwards
     */
    Outgoing(int mostFinal, WaitingCharacters backlog, Consumer<String> network) {
        this.mostFinal = mostFinal;
        this.backlog = backlog;
        this.network = network;
    }

    /**
     * Sends what belongs to no stream, and is never left out.
     *
     * @param next asks for more: at once, or when fewer answers wait. It may run while a candle is
     *     passed on, with locks held, so it has to leave what comes then to another thread
     */
    void answer(String text, Runnable next) {
        synchronized (this) {
            appendAnswer(text);
            afterAnswers = next;
            heldBackSince = System.nanoTime();
        }
        pump();
        goOn();
    }

    /** Sends the last answer, behind which nothing is asked. */
    void answer(String text) {
        synchronized (this) {
            appendAnswer(text);
        }
        pump();
    }

    /**
     * Sends a message of a stream.
     *
     * @param isFinal whether it must not be left out
     */
    Fate add(String stream, String text, boolean isFinal) {
        synchronized (this) {
            if (ended) {
                return Fate.ADDED;
            }
            if (isFinal && finalWaiting >= mostFinal) {
                return Fate.ONE_TOO_MANY;
            }
            Message before = newest.get(stream);
            if (before != null && !before.isFinal) {
                count(text.length() - before.text.length());
                before.text = text;
                before.isFinal = isFinal;
                finalWaiting += isFinal ? 1 : 0;
                return Fate.REPLACED_ANOTHER;
            }
            if (!waiting.isEmpty() && charactersWaiting + text.length() > MOST_CHARACTERS
                    || !backlog.admits(text.length(), characters())) {
                return Fate.ONE_TOO_MANY;
            }
            append(new Message(stream, text, isFinal));
        }
        pump();
        return Fate.ADDED;
    }

    /** A message has left; they do so in their order. */
    void sent() {
        synchronized (this) {
            Message message = inFlight.poll();
            if (message == null) {
                return;
            }
            charactersInFlight -= message.text.length();
            backlog.add(-message.text.length());
            if (message.stream == null) {
                answers--;
                charactersOfAnswers -= message.text.length();
            }
        }
        pump();
        goOn();
    }

    /** The client is gone: nothing is kept for it any more. */
    synchronized void end() {
        ended = true;
        backlog.add(-characters());
        charactersWaiting = 0;
        charactersInFlight = 0;
        waiting.clear();
        newest.clear();
        inFlight.clear();
        afterAnswers = null;
    }

    /**
     * Characters that wait or are in flight, if the first of them has done so for long; else 0.
     *
     * @param now ns
     * @param patience how long that is, ns
     */
    synchronized int stuckCharacters(long now, long patience) {
        Message first = inFlight.isEmpty() ? waiting.peek() : inFlight.peek();
        return first != null && now - first.since > patience ? characters() : 0;
    }

    /** Characters that wait or are in flight. */
    synchronized int characters() {
        return charactersWaiting + charactersInFlight;
    }

    /** Since when nothing is asked behind answers that wait, ns; empty if it is. */
    synchronized OptionalLong heldBackSince() {
        return afterAnswers == null ? OptionalLong.empty() : OptionalLong.of(heldBackSince);
    }

    private void goOn() {
        Runnable next;
        synchronized (this) {
            if (answers >= ENOUGH_ANSWERS || charactersOfAnswers >= ENOUGH_OF_ANSWERS) {
                return;
            }
            next = afterAnswers;
            afterAnswers = null;
        }
        if (next != null) {
            next.run();
        }
    }

    private void appendAnswer(String text) {
        append(new Message(null, text, false));
        answers++;
        charactersOfAnswers += text.length();
    }

    private void append(Message message) {
        if (ended) {
            return;
        }
        count(message.text.length());
        finalWaiting += message.isFinal ? 1 : 0;
        waiting.add(message);
        if (message.stream != null) {
            newest.put(message.stream, message);
        }
    }

    private void count(int characters) {
        charactersWaiting += characters;
        backlog.add(characters);
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
        finalWaiting -= message.isFinal ? 1 : 0;
        charactersInFlight += message.text.length();
        inFlight.add(message);
        if (message.stream != null) {
            newest.remove(message.stream, message);
        }
        return message.text;
    }
}
