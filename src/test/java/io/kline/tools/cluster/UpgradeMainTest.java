package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import java.util.List;
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

    private static Rest.Job job(String id, String name, String state) {
        return new Rest.Job(id, name, state, 0);
    }
}
