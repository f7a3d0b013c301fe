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

    @Test
    void passwordOfTheSentinelsIsNeverShown() {
        assertThat(sentinel(new RedisLogin("guard", "s3cret"), RedisTls.OFF).toString())
                .contains("guard", "***")
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> sentinel(new RedisLogin("guard", null), RedisTls.OFF))
                .hasMessageStartingWith("redis.sentinel.user without a password");
        assertThatThrownBy(
                        () ->
                                new RedisSettings(
                                        Mode.CLUSTER,
                                        List.of("a:1"),
                                        null,
                                        RedisLogin.NONE,
                                        new RedisLogin(null, "s3cret"),
                                        RedisTls.OFF,
                                        9))
                .hasMessageStartingWith("redis.sentinel.password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void authoritiesHaveToBeCertificates() {
        assertThatThrownBy(() -> new RedisTls(false, "x", true))
                .hasMessageStartingWith("redis.tls.ca");
        assertThatThrownBy(() -> new RedisTls(true, "", true))
                .hasMessageStartingWith("redis.tls.ca");
        assertThatThrownBy(() -> new RedisTls(true, "no PEM", true))
                .hasMessageStartingWith("redis.tls.ca");
        assertThatThrownBy(() -> new RedisTls(false, null, false))
                .hasMessageStartingWith("redis.tls.verify-host");
        assertThatThrownBy(() -> RedisTls.of(true, "no-such-file", true))
                .hasMessage("redis.tls.ca: cannot read the file no-such-file");
    }

    private static RedisSettings sentinel(RedisLogin login, RedisTls tls) {
        return new RedisSettings(
                Mode.SENTINEL, List.of("a:1"), "main", RedisLogin.NONE, login, tls, 9);
    }

    private static void refused(
            Mode mode, List<String> nodes, String master, String user, int size, String why) {
        assertThatThrownBy(() -> new RedisSettings(mode, nodes, master, user, null, false, size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redis.")
                .hasMessageContaining(why);
    }
}
