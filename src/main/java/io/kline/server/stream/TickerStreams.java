package io.kline.server.stream;

import io.kline.server.api.TimeScale;
import io.kline.server.ticker.AveragePrice;
import io.kline.server.ticker.TickerBoard;
import io.kline.server.ticker.TickerJson;
import io.kline.server.ticker.TickerStats;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickers on their way to the clients that want them: once a second those that have changed, and to
 * who has just come all that it wants. Each is written once for all clients, and only if one wants
 * it.
 */
final class TickerStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TickerStreams.class);

    private static final long PERIOD_MILLIS = 1_000;

    /** In place of the symbol of a stream of all. */
    private static final String ALL = "";

    private final TickerBoard board;
    private final InstantSource clock;

    /**
     * Who wants a stream, and whether it has got anything on it yet; by symbol, which is empty for
     * all of them.
     */
    private final Map<String, Map<TickerName, Map<StreamClient, Boolean>>> wanted =
            new ConcurrentHashMap<>();

    /** What was told last; belongs to the thread of turns. */
    private final Map<String, Long> toldChanges = new HashMap<>();

    private final Map<String, AveragePrice> toldAverages = new HashMap<>();

    private final ScheduledExecutorService turns =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "streams-tickers");
                        thread.setDaemon(true);
                        return thread;
                    });

    TickerStreams(TickerBoard board, InstantSource clock) {
        this.board = board;
        this.clock = clock;
        turns.scheduleAtFixedRate(this::turn, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void subscribe(StreamClient client, TickerName name) {
        wanted.compute(
                name.symbol(),
                (any, known) -> {
                    Map<TickerName, Map<StreamClient, Boolean>> names =
                            known == null ? new ConcurrentHashMap<>() : known;
                    names.computeIfAbsent(name, same -> new ConcurrentHashMap<>())
                            .put(client, false);
                    return names;
                });
    }

    void unsubscribe(StreamClient client, TickerName name) {
        wanted.computeIfPresent(
                name.symbol(),
                (any, names) -> {
                    names.computeIfPresent(
                            name,
                            (same, clients) -> {
                                clients.remove(client);
                                return clients.isEmpty() ? null : clients;
                            });
                    return names.isEmpty() ? null : names;
                });
    }

    @Override
    public void close() {
        turns.shutdownNow();
    }

    private void turn() {
        try {
            Turn turn = new Turn(clock.millis());
            turn.serve(ALL);
            // Symbols that clients made up cost nothing here.
            board.symbols().forEach(turn::serve);
        } catch (RuntimeException e) {
            LOG.error("Tickers cannot be told", e);
        }
    }

    /** What is written once a turn. */
    private record Text(TickerName.Kind kind, String symbol, TimeScale times) {}

    /** One second's messages. */
    private final class Turn {

        private final long now;
        private final Map<String, Boolean> changed = new HashMap<>();
        private final Map<String, Optional<TickerStats>> stats = new HashMap<>();
        private final Map<Text, String> texts = new HashMap<>();

        Turn(long now) {
            this.now = now;
        }

        void serve(String symbol) {
            wanted.getOrDefault(symbol, Map.of()).forEach(this::serve);
        }

        private void serve(TickerName name, Map<StreamClient, Boolean> clients) {
            if (name.kind() == TickerName.Kind.AVERAGE) {
                serveAverage(name, clients);
            } else if (name.isAll()) {
                List<String> some = board.symbols().stream().filter(this::hasChanged).toList();
                send(name, clients, isNew -> array(name.kind(), isNew ? board.symbols() : some));
            } else {
                boolean isChanged = hasChanged(name.symbol());
                send(
                        name,
                        clients,
                        isNew ->
                                isNew || isChanged
                                        ? single(name.kind(), name.symbol())
                                        : Optional.empty());
            }
        }

        private void serveAverage(TickerName name, Map<StreamClient, Boolean> clients) {
            Optional<AveragePrice> average = board.average(name.symbol(), now);
            boolean isChanged =
                    average.isPresent() && !average.get().equals(toldAverages.get(name.symbol()));
            average.ifPresent(value -> toldAverages.put(name.symbol(), value));
            Optional<StreamMessage> message =
                    average.map(
                            value ->
                                    new StreamMessage(
                                            times ->
                                                    TickerJson.average(
                                                            name.symbol(), value, now, times),
                                            false));
            send(name, clients, isNew -> isNew || isChanged ? message : Optional.empty());
        }

        /** Sends to those who have got something before, and to those who have not. */
        private void send(
                TickerName name,
                Map<StreamClient, Boolean> clients,
                Function<Boolean, Optional<StreamMessage>> next) {
            for (boolean isNew : new boolean[] {false, true}) {
                List<StreamClient> some =
                        clients.entrySet().stream()
                                .filter(client -> client.getValue() != isNew)
                                .map(Map.Entry::getKey)
                                .toList();
                if (!some.isEmpty()) {
                    next.apply(isNew).ifPresent(message -> send(name, clients, some, message));
                }
            }
        }

        private void send(
                TickerName name,
                Map<StreamClient, Boolean> clients,
                List<StreamClient> some,
                StreamMessage message) {
            for (StreamClient client : some) {
                client.send(name.text(), message);
                clients.replace(client, true);
            }
        }

        /** A newer one makes up for one that is left out. */
        private Optional<StreamMessage> single(TickerName.Kind kind, String symbol) {
            return stats(symbol)
                    .map(value -> new StreamMessage(times -> text(kind, value, times), false));
        }

        /** Holds what has changed: what a newer one replaced would be lost. */
        private Optional<StreamMessage> array(TickerName.Kind kind, Collection<String> symbols) {
            List<TickerStats> some =
                    symbols.stream().flatMap(symbol -> stats(symbol).stream()).toList();
            return some.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StreamMessage(times -> array(kind, some, times), true));
        }

        private String array(TickerName.Kind kind, List<TickerStats> some, TimeScale times) {
            return some.stream()
                    .map(value -> text(kind, value, times))
                    .collect(Collectors.joining(",", "[", "]"));
        }

        private String text(TickerName.Kind kind, TickerStats value, TimeScale times) {
            return texts.computeIfAbsent(
                    new Text(kind, value.symbol(), times),
                    any ->
                            kind == TickerName.Kind.MINI
                                    ? TickerJson.mini(value, times)
                                    : TickerJson.full(value, times));
        }

        private Optional<TickerStats> stats(String symbol) {
            return stats.computeIfAbsent(symbol, any -> board.stats(symbol, now));
        }

        /** Whether a symbol has changed since the last turn in which somebody wanted it. */
        private boolean hasChanged(String symbol) {
            return changed.computeIfAbsent(
                    symbol,
                    any -> {
                        Long changes = board.changes(symbol, now).orElse(null);
                        return changes != null && !changes.equals(toldChanges.put(symbol, changes));
                    });
        }
    }
}
