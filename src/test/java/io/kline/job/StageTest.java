package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/**
 * By these uids and ids a savepoint knows its operators. One that is changed, here or by Flink,
 * leaves its state behind.
 */
class StageTest {

    @Test
    void operatorsOfTheLiveJobKeepTheirIds() {
        assertThat(ids(LiveJob::define))
                .containsExactly(
                        Map.entry(
                                "Sink Committer: dead-letters", "2d57c7f70feb4b4bfe48531ee1380af8"),
                        Map.entry("Sink Committer: klines", "c74ae3071cc593edb7e45cbc88be9b58"),
                        Map.entry("bundle", "aa1f369dd11e2c4b358d95696ba80c5b"),
                        Map.entry("candles", "4665bc4a3aa508fac919770d12a39b13"),
                        Map.entry("dead-letters", "2b4328eade2b4fd2c27273233ec99ca9"),
                        Map.entry("klines", "90d176f1f4c50ff98300e90cd715dc03"),
                        Map.entry("redis", "39b36e3bcfe7bb5c230a5d011259af9a"),
                        Map.entry("trades", "97564f2dab7d632090d3dc5584f85b21"),
                        Map.entry("validate", "d82cd55518806f2ff0834c6144b1f762"));
    }

    @Test
    void operatorsOfTheHistoryJobKeepTheirIds() {
        assertThat(ids(HistoryJob::define))
                .containsExactly(
                        Map.entry("Sink Committer: corrector", "612fcf70b6b9a54bd30c886caf4a5521"),
                        Map.entry("corrected", "9ccf4c5b1cbaabdcf6dc8a7ba6b3b920"),
                        Map.entry("corrector", "1df0cff8090f860e5560d1bf2b39ed2e"),
                        Map.entry("healed", "7dad33b00deaef73c64017904262ddd2"),
                        Map.entry("healer", "1aadc1e5882c78ccf840694be5c22256"),
                        Map.entry("history", "4e786469b029b6a60f6fa40ab55594af"),
                        Map.entry("mysql", "a6f3932dd892f6d0bd16fd28a5bc76f5"),
                        Map.entry("route", "2d12ff57fd639656c7bde047ec882b4f"));
    }

    /** Ids in savepoints, by uid; a sink has an operator for each of its parts. */
    private static Map<String, String> ids(
            BiConsumer<StreamExecutionEnvironment, KlineOptions> job) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        job.accept(
                env,
                new OptionsReader(Map.of("KLINE_MYSQL_PASSWORD", "none"))
                        .read("test", new String[0])
                        .orElseThrow());
        Map<String, String> ids = new TreeMap<>();
        for (JobVertex vertex : env.getStreamGraph().getJobGraph().getVertices()) {
            for (OperatorIDPair operator : vertex.getOperatorIDs()) {
                ids.put(
                        operator.getUserDefinedOperatorUid(),
                        operator.getGeneratedOperatorID().toString());
            }
        }
        return ids;
    }
}
