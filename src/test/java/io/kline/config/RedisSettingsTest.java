package io.kline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.config.RedisSettings.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {

    @Test
    void passwordIsNeverShown() {
        RedisSettings settings =
                new RedisSettings(
                        Mode.SENTINEL, List.of("a:1", "b:2"), "main", "kline", "s3cret", true, 9);

        assertThat(settings.toString())
                .contains("SENTINEL", "a:1", "b:2", "main", "kline", "***")
                .doesNotContain("s3cret");
    }

    @Test
    void partsHaveToFitTogether() {
        refused(Mode.SINGLE, List.of(), null, null, 9, "at least one node");
        refused(Mode.SINGLE, List.of("a:1", "b:2"), null, null, 9, "one node");
        refused(Mode.SINGLE, List.of("a"), null, null, 9, "host:port");
        refused(Mode.SENTINEL, List.of("a:1"), null, null, 9, "master");
        refused(Mode.CLUSTER, List.of("a:1"), "main", null, 9, "master");
        refused(Mode.SINGLE, List.of("a:1"), null, "kline", 9, "without a password");
        refused(Mode.SINGLE, List.of("a:1"), null, null, 0, "at least 1");
    }

    private static void refused(
            Mode mode, List<String> nodes, String master, String user, int size, String why) {
        assertThatThrownBy(() -> new RedisSettings(mode, nodes, master, user, null, false, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redis.")
                .hasMessageContaining(why);
    }
}
