package io.kline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.SeenExecutions;
import java.io.IOException;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered about an execution does not depend on restarts. */
class RestoredExecutionsTest {

    private static final long REMEMBERED = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aRestoredOneAnswersAsTheOther(long seed) throws IOException {
        Random random = new Random(seed);
        SeenExecutions one = new SeenExecutions();
        SeenExecutions restored = new SeenExecutions();
        long id = 0;
        long time = 1_740_787_200_000L;
        for (int i = 0; i < 100_000; i++) {
            id += 2 + random.nextInt(5);
            // Now and then there is a pause, and all of a sudden everything is old.
            time += random.nextInt(30_000) == 0 ? 10 * REMEMBERED : random.nextInt(3);
            boolean isDelayed = random.nextInt(5) == 0;
            long asked = isDelayed ? Math.max(0, id - random.nextInt(200_000)) : id;
            assertThat(restored.see(asked, asked, time - (id - asked), REMEMBERED))
                    .as("seed %d, record %d", seed, i)
                    .isEqualTo(one.see(asked, asked, time - (id - asked), REMEMBERED));
            if (random.nextInt(5_000) == 0) {
                restored = restore(restored);
            }
        }
    }

    private static SeenExecutions restore(SeenExecutions seen) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(1 << 20);
        SeenExecutionsFields.write(seen, bytes);
        return SeenExecutionsFields.read(new DataInputDeserializer(bytes.getCopyOfBuffer()));
    }
}
