package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import io.kline.server.api.Intervals;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {

    private static Intervals in(ZoneOffset offset) {
        return new Intervals(
                List.of(
                        Interval.parse("1m", offset),
                        Interval.parse("1M", offset),
                        Interval.parse("1d", offset)));
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt@kline_1m, kline:{BTCUSDT}:1m",
        "btcusdt@kline_1M, kline:{BTCUSDT}:1M",
        "a.b_c-1@kline_1d, kline:{A.B_C-1}:1d",
    })
    void leadsToAChannel(String name, String channel) {
        assertThat(StreamName.parse(name, in(ZoneOffset.UTC)).orElseThrow().channel())
                .isEqualTo(channel);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "btcusdt",
                "BTCUSDT@kline_1m",
                "btcusdt@kline_1s",
                "btcusdt@kline_5m",
                "btcusdt@trade",
                "@kline_1m",
                "btc usdt@kline_1m",
                "btc{usdt}@kline_1m",
                "btcusdt@kline_1d@+08:00",
                "btcusdt@kline_1m\n",
            })
    void isNothingElse(String name) {
        assertThat(StreamName.parse(name, in(ZoneOffset.UTC))).isEmpty();
    }

    @Test
    void ofAnotherZoneIsThereIfItIsTheZoneOfTheStores() {
        assertThat(StreamName.parse("btcusdt@kline_1d@+08:00", in(ZoneOffset.ofHours(8))))
                .get()
                .extracting(StreamName::channel)
                .isEqualTo("kline:{BTCUSDT}:1d");
    }
}
