package io.kline.tools.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class EmbeddedRedisITCase {

    @Test
    void keepsDataOverStopAndStartOnTheSamePort() {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary()) {
            redis.start();
            try (Jedis jedis = connect(redis)) {
                jedis.set("key", "value");
            }

            redis.stop();
            assertThat(redis.isRunning()).isFalse();

            redis.start();
            try (Jedis jedis = connect(redis)) {
                assertThat(jedis.get("key")).isEqualTo("value");
            }
        }
    }

    @Test
    void keepsSyncedDataOverAKill() {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary()) {
            redis.start();
            try (Jedis jedis = connect(redis)) {
                jedis.set("key", "value");
                Await.until("sync", Duration.ofSeconds(10), () -> isSynced(jedis));
            }

            redis.kill();
            redis.start();

            try (Jedis jedis = connect(redis)) {
                assertThat(jedis.get("key")).isEqualTo("value");
            }
        }
    }

    @Test
    void closeLeavesNoProcessAndNoData() {
        EmbeddedRedis redis = EmbeddedRedis.temporary();
        redis.start();
        ProcessHandle process = redis.process().orElseThrow();

        redis.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(Files.exists(redis.home())).isFalse();
    }

    @Test
    void saysThatThePortIsTaken() {
        try (EmbeddedRedis first = EmbeddedRedis.temporary();
                EmbeddedRedis second =
                        EmbeddedRedis.at(first.port(), first.home().resolveSibling("other"))) {
            first.start();

            assertThatThrownBy(second::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("port " + first.port() + " is taken");
        }
    }

    @Test
    void anotherInstanceOfTheSameHomeFindsTheProcess() {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary()) {
            redis.start();
            EmbeddedRedis again = EmbeddedRedis.at(redis.port(), redis.home());

            again.start();
            assertThat(again.process()).isEqualTo(redis.process());

            again.stop();
            assertThat(redis.isRunning()).isFalse();
        }
    }

    private static boolean isSynced(Jedis jedis) {
        return jedis.info("persistence").contains("aof_pending_bio_fsync:0")
                && jedis.info("persistence").contains("aof_buffer_length:0");
    }

    private static Jedis connect(EmbeddedRedis redis) {
        return new Jedis(Ports.LOOPBACK, redis.port());
    }
}
