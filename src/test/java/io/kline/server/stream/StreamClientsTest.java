package io.kline.server.stream;

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

    private static StreamClient client(StreamClients clients) {
        return new StreamClient(
                null,
                new Intervals(List.of(Interval.parse("1m", ZoneOffset.UTC))),
                clients,
                weight -> 0,
                new StreamClient.Asked(false, TimeScale.MILLISECOND, List.of()));
    }
}
