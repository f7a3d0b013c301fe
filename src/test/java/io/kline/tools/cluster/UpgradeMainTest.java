package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.config.ConfigException;
import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpgradeMainTest {

    @Test
    void aLiveJobThatSomebodyElseStartedMeanwhileIsSeen() {
        List<Rest.Job> jobs =
                List.of(
                        job("old", LiveJob.NAME, "RUNNING"),
                        job("next", LiveJob.NAME, "RUNNING"),
                        job("history", HistoryJob.NAME, "RUNNING"),
                        job("ended", LiveJob.NAME, "CANCELED"),
                        job("another", LiveJob.NAME, "CREATED"),
                        job("restarting", LiveJob.NAME, "RESTARTING"));

        assertThat(UpgradeMain.liveBesides(Set.of("old", "next"), jobs))
                .containsExactly("another", "restarting");
    }

    @Test
    void theOldOneAndItsSuccessorAreNobodyElse() {
        List<Rest.Job> jobs =
                List.of(
                        job("old", LiveJob.NAME, "RUNNING"),
                        job("next", LiveJob.NAME, "INITIALIZING"));

        assertThat(UpgradeMain.liveBesides(Set.of("old", "next"), jobs)).isEmpty();
    }

    @Test
    void aSettingThatWasForgottenIsNamed() throws Exception {
        JsonNode config =
                new ObjectMapper()
                        .readTree(
                                """
                                {"execution-config": {"user-config": {
                                "kline.intervals": "1m,10m", "kline.ticks": "WALL"}}}""");

        assertThatThrownBy(
                        () ->
                                UpgradeMain.requireSame(
                                        config,
                                        Map.of("kline.intervals", "1m", "kline.ticks", "WALL")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kline.intervals is 1m,10m, and would be 1m.");
        UpgradeMain.requireSame(
                config, Map.of("kline.intervals", "1m,10m", "kline.carry-for", "x"));
        UpgradeMain.requireSame(
                new ObjectMapper().createObjectNode(), Map.of("kline.ticks", "OFF"));
    }

    private static Rest.Job job(String id, String name, String state) {
        return new Rest.Job(id, name, state, 0);
    }
}
