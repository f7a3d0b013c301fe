package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import io.kline.model.Symbol;
import io.kline.server.api.Intervals;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
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
        "btcusdt@correction_1m, kline:{BTCUSDT}:1m",
        "btcusdt@kline_1M, kline:{BTCUSDT}:1M",
        "a.b_c-1@kline_1d, kline:{A.B_C-1}:1d",
        "币安人生usdt@kline_1m, kline:{币安人生USDT}:1m",
        "12345@kline_1m, kline:{12345}:1m",
        "٣٤@kline_1m, kline:{٣٤}:1m",
        "éé@kline_1m, kline:{ÉÉ}:1m",
        "i̇i@kline_1m, kline:{İI}:1m",
        "𐐨@kline_1m, kline:{𐐀}:1m",
        "οδοσ@kline_1m, kline:{ΟΔΟΣ}:1m",
        "οδος@kline_1m, kline:{ΟΔΟΣ}:1m",
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
                "btcusdt@kline_1M@+08:00",
                "btcusdt@kline_1d@+09:00",
                "btcusdt@kline_1m\n",
                "\nbtcusdt@kline_1m",
                "币安人生USDT@kline_1m",
                "straße@kline_1m",
                "ſ@kline_1m",
                "İ@kline_1m",
                "ı@kline_1m",
                "ﬁ@kline_1m",
                "e\u0301@kline_1m",
                "btc\u202eusdt@kline_1m",
                "btc\u200dusdt@kline_1m",
                "\ud83d@kline_1m",
                "币币币币币币币币币币币币币币币币币币币币币币币币币币币币币币币币币@kline_1m",
            })
    void isNothingElse(String name) {
        assertThat(StreamName.parse(name, in(ZoneOffset.UTC))).isEmpty();
    }

    /** Each letter alone: what is the lower case of a whole word depends on the language. */
    @Test
    void theLowerCaseOfAllLettersButTwoLeadsBack() {
        Intervals intervals = in(ZoneOffset.UTC);
        String lost = "";
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String symbol = Character.toString(c);
            String name = symbol.toLowerCase(Locale.ROOT) + "@kline_1m";
            if (Symbol.isValid(symbol)
                    && StreamName.parse(name, intervals)
                            .filter(stream -> stream.symbol().equals(symbol))
                            .isEmpty()) {
                lost += symbol;
            }
        }
        assertThat(lost).isEqualTo("ϴẞ");
    }

    /** A month would be made of 44,640 minutes; a day has no more than 1,440 of them. */
    @Test
    void ofAnotherZoneIsMadeOfAsFewAsPossible() {
        Intervals intervals =
                new Intervals(
                        List.of(
                                Interval.parse("1m", ZoneOffset.UTC),
                                Interval.parse("4h", ZoneOffset.UTC),
                                Interval.parse("8h", ZoneOffset.UTC),
                                Interval.parse("12h", ZoneOffset.UTC),
                                Interval.parse("1d", ZoneOffset.UTC)));
        assertThat(
                        List.of(
                                source("1m", intervals),
                                source("8h", intervals),
                                source("12h", intervals),
                                source("1d", intervals)))
                .containsExactly("1m", "8h", "4h", "8h");
    }

    private static String source(String code, Intervals intervals) {
        StreamName name =
                StreamName.parse("btcusdt@kline_" + code + "@+08:00", intervals).orElseThrow();
        assertThat(name.interval().code()).isEqualTo(code);
        return name.source().code();
    }

    @Test
    void ofAnotherZoneIsThereIfItIsTheZoneOfTheStores() {
        assertThat(StreamName.parse("btcusdt@kline_1d@+08:00", in(ZoneOffset.ofHours(8))))
                .get()
                .extracting(StreamName::channel)
                .isEqualTo("kline:{BTCUSDT}:1d");
    }
}
