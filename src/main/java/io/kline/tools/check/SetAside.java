package io.kline.tools.check;

/** Why a record is in no candle. */
enum SetAside {
    /** All its executions were counted before. */
    DUPLICATE("duplicate"),
    /** Only some of its executions were counted before. */
    OVERLAPPING("overlapping-executions"),
    /** Its executions were counted before, but it is newer than all trades counted before it. */
    ID_REUSED("id-reused"),
    /** Its price or quantity is zero. */
    ZERO("zero"),
    /** A line of a file that replay.sh does not send. */
    NOT_SENT("not-sent"),
    /** It is larger than 4 KB. */
    TOO_LARGE("too-large"),
    /** It is not one JSON object. */
    NOT_JSON("not-json"),
    /** It is another event than a trade or an aggregate. */
    UNKNOWN_EVENT("unknown-event"),
    /** A field is not there. */
    MISSING_FIELD("missing-field"),
    /** A field has another type than it should have. */
    BAD_FIELD("bad-field"),
    /** Its symbol is not one. */
    BAD_SYMBOL("bad-symbol"),
    /** A number is below zero. */
    NEGATIVE_NUMBER("negative-number"),
    /** More than 20 integer or 18 fraction digits. */
    TOO_MANY_DIGITS("too-many-digits"),
    /** It is not after 1970-01-01, or it is too old: perhaps its time is in seconds. */
    BAD_TIME("bad-time"),
    /** It is too far ahead of the record that holds it. */
    FUTURE_TIME("future-time");

    /** As the dead letters and metrics of the jobs name it. */
    final String code;

    SetAside(String code) {
        this.code = code;
    }
}
