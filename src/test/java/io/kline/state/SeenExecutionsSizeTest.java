package io.kline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.SeenExecutions;
import java.io.IOException;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What the seen ids of one symbol take in a checkpoint, bytes. */
class SeenExecutionsSizeTest {

    private static final int MANY = 1_000_000;

    @Test
    void idsWithoutGapsTakeTheSameHoweverManyTheyAre() throws IOException {
        assertThat(size(MANY, i -> i)).isEqualTo(size(10, i -> i)).isLessThanOrEqualTo(48);
    }

    @Test
    void aGapTakes24() throws IOException {
        int gaps = size(MANY, i -> i + i / 1_000);
        assertThat(gaps - size(MANY, i -> i)).isEqualTo(24 * 999);
    }

    @Test
    void disorderTakesNothingOnceItIsOver() throws IOException {
        assertThat(size(MANY, i -> i / 100 * 100 + (i * 37) % 100)).isEqualTo(size(10, i -> i));
    }

    @Test
    void sparseIdsAreBounded() throws IOException {
        Random random = new Random(7);
        long[] snowflake = {1L << 60};
        assertThat(size(MANY, i -> snowflake[0] += 2 + random.nextInt(1 << 20)))
                .isLessThanOrEqualTo(24 * SeenExecutions.FEW_RANGES + 24)
                .isGreaterThan(21 * SeenExecutions.FEW_RANGES - 24);
    }

    private static int size(int count, LongUnaryOperator id) throws IOException {
        SeenExecutions seen = new SeenExecutions();
        for (int i = 0; i < count; i++) {
            long next = id.applyAsLong(i);
            seen.see(next, next, i, 0);
        }
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        SeenExecutionsFields.write(seen, bytes);
        return bytes.length();
    }
}
