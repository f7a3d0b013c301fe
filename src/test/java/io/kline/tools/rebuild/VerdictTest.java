package io.kline.tools.rebuild;

import static io.kline.testing.CandleBuilder.candle;
import static io.kline.testing.CandleBuilder.like;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Candle COMPUTED = candle("A", "1m", 60_000).count(4).build();

    @Test
    void equalOnesAgree() {
        Candle seventh = like(COMPUTED).revision(7).build();
        assertThat(of(seventh, seventh).texts()).isEmpty();
        assertThat(of(seventh, null).texts()).isEmpty();
        assertThat(of(seventh, seventh).candle()).isNull();
    }

    @Test
    void aMissingOneAndALowerOneNeedNoRevision() {
        assertThat(of(null, COMPUTED)).satisfies(one -> writes(one, 0, "mysql: missing"));
        assertThat(of(like(COMPUTED).count(3).build(), COMPUTED))
                .satisfies(one -> writes(one, 0, "mysql: n 3, not 4"));
        assertThat(of(COMPUTED, like(COMPUTED).closed(false).build()))
                .satisfies(one -> writes(one, 0, "redis: x false, not true"));
    }

    @Test
    void theRevisionRisesWhereAVersionIsInTheWay() {
        assertThat(of(like(COMPUTED).count(5).build(), COMPUTED))
                .satisfies(one -> writes(one, 1, "mysql: n 5, not 4", "redis: r 0, not 1"));
        assertThat(of(COMPUTED, like(COMPUTED).price("9").build()))
                .satisfies(
                        one ->
                                writes(
                                        one,
                                        1,
                                        "mysql: r 0, not 1",
                                        "redis: o 9, not 1; h 9, not 1; l 9, not 1; c 9, not 1"));
        assertThat(of(like(COMPUTED).revision(3).last(60_001, 7).build(), null))
                .satisfies(one -> writes(one, 4, "mysql: lt 60001, not 60000; li 7, not 60000"));
    }

    @Test
    void redisIsAheadWhereTheTableLags() {
        Candle less = like(COMPUTED).count(3).build();
        assertThat(verdict(less, COMPUTED).isRedisAhead(less)).isTrue();
        assertThat(verdict(null, COMPUTED).isRedisAhead(less)).isTrue();
        assertThat(verdict(null, COMPUTED).isRedisAhead(null)).isTrue();
        assertThat(verdict(null, COMPUTED).isRedisAhead(COMPUTED)).isFalse();
        assertThat(verdict(COMPUTED, less).isRedisAhead(less)).isFalse();
        assertThat(verdict(COMPUTED, COMPUTED).isRedisAhead(less)).isFalse();
        assertThat(verdict(COMPUTED, null).isRedisAhead(less)).isFalse();
    }

    @Test
    void bothStoresGetTheHigherRevision() {
        assertThat(of(COMPUTED, like(COMPUTED).revision(2).build()))
                .satisfies(one -> writes(one, 2, "mysql: r 0, not 2"));
    }

    @Test
    void anUnfinishedOneHasTheSameContent() {
        Candle open = like(COMPUTED).closed(false).build();
        assertThat(verdict(null, open).isOnlyUnfinished(COMPUTED)).isTrue();
        assertThat(verdict(null, null).isOnlyUnfinished(COMPUTED)).isTrue();
        Candle less = like(COMPUTED).count(3).build();
        assertThat(verdict(less, open).isOnlyUnfinished(COMPUTED)).isFalse();
        Candle rebuilt = like(COMPUTED).revision(1).build();
        assertThat(verdict(rebuilt, open).isOnlyUnfinished(COMPUTED)).isFalse();
    }

    private static void writes(Difference difference, long revision, String... texts) {
        assertThat(difference.texts()).containsExactly(texts);
        assertThat(difference.candle()).isEqualTo(like(COMPUTED).revision(revision).build());
    }

    private static Difference of(Candle mysql, Candle redis) {
        return verdict(mysql, redis).of(COMPUTED);
    }

    private static Verdict verdict(Candle mysql, Candle redis) {
        return new Verdict(COMPUTED.key(), mysql, redis, 0);
    }
}
