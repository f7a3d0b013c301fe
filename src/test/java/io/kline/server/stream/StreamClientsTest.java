package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import io.kline.server.api.Intervals;
import io.kline.server.api.TimeScale;
import io.kline.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamClientsTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void oneThatCannotBePingedKeepsNobodyFromThat() throws Exception {
        RecordedSession session = new RecordedSession();
        try (StreamClients clients =
                new StreamClients(1, Duration.ofMillis(10), LONG, new SimpleMeterRegistry())) {
            clients.add(client(clients));
            client(clients).onWebSocketOpen(session.session());
            Await.until(Duration.ofSeconds(20), "pings", () -> session.pings.get() > 3);
        }
    }

    @Test
    void whereTooMuchWaitsWhoeverTakesNothingGoesThoughItAnswersPings() throws Exception {
        RecordedSession deaf = new RecordedSession();
        deaf.isStuck = true;
        RecordedSession modest = new RecordedSession();
        modest.isStuck = true;
        try (StreamClients clients =
                new StreamClients(1, Duration.ofMillis(10), LONG, new SimpleMeterRegistry())) {
            StreamClient greedy = client(clients);
            greedy.onWebSocketOpen(deaf.session());
            StreamClient other = client(clients);
            other.onWebSocketOpen(modest.session());
            send(other, 1);
            send(greedy, 1_000);
            clients.backlog().add((int) (500 - clients.backlog().excess()));
            Await.until(Duration.ofSeconds(20), "the end", () -> deaf.ends.get() > 0);
            assertThat(modest.ends.get()).isZero();
        }
    }

    private static void send(StreamClient client, int characters) {
        client.send("t", new StreamMessage(times -> "x".repeat(characters), false));
    }

    static StreamClient client(StreamClients clients) {
        return new StreamClient(
                null,
                new Intervals(List.of(Interval.parse("1m", ZoneOffset.UTC))),
                clients,
                weight -> 0,
                new StreamClient.Asked(false, TimeScale.MILLISECOND, List.of()));
    }
}
