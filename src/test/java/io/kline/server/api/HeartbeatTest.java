package io.kline.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration SHORT = Duration.ofMillis(5);

    private final Heartbeat heartbeat = new Heartbeat();

    @Test
    void aPongThatCopiesAPingIsASign() throws Exception {
        ByteBuffer earlier = heartbeat.ping();
        heartbeat.ping();
        TimeUnit.MILLISECONDS.sleep(10);
        assertThat(heartbeat.isSilent(SHORT)).isTrue();
        heartbeat.pong(earlier);
        assertThat(heartbeat.isSilent(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void whoReadsNoPingsCannotAnswerThem() throws Exception {
        for (int i = 0; i < 5; i++) {
            heartbeat.ping();
        }
        TimeUnit.MILLISECONDS.sleep(10);
        for (long guess = -100; guess < 100; guess++) {
            heartbeat.pong(ByteBuffer.allocate(Long.BYTES).putLong(0, guess));
        }
        heartbeat.pong(ByteBuffer.allocate(0));
        assertThat(heartbeat.isSilent(SHORT)).isTrue();
    }

    @Test
    void aPongCountsOnceAndNoneOfAnEarlierPingAfterIt() throws Exception {
        ByteBuffer earlier = heartbeat.ping();
        ByteBuffer later = heartbeat.ping();
        heartbeat.pong(later);
        TimeUnit.MILLISECONDS.sleep(10);
        heartbeat.pong(later);
        heartbeat.pong(earlier);
        assertThat(heartbeat.isSilent(SHORT)).isTrue();
        heartbeat.pong(heartbeat.ping());
        assertThat(heartbeat.isSilent(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void pingsOfLongAgoAreForgotten() throws Exception {
        ByteBuffer first = heartbeat.ping();
        for (int i = 0; i < 8; i++) {
            heartbeat.ping();
        }
        TimeUnit.MILLISECONDS.sleep(10);
        heartbeat.pong(first);
        assertThat(heartbeat.isSilent(SHORT)).isTrue();
    }
}
