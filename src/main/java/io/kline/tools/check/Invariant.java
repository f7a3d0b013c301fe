package io.kline.tools.check;

/** What candles promise and two stores can show. */
enum Invariant {
    /** One candle per open time, from the first trade's to the current one. */
    COMPLETE("I1"),
    /** A candle is the fold of its distinct trades. */
    EXACT("I2"),
    /** A candle without trades carries the close before it. */
    CARRIED("I3"),
    /** Both stores hold the same, and a larger candle is the fold of its minutes. */
    AGREED("I5");

    /** The name it is known by. */
    final String code;

    Invariant(String code) {
        this.code = code;
    }
}
