package io.kline.model;

/** Why a record was dead-lettered. */
public enum Reason {
    /** Not one JSON object. */
    NOT_JSON("not-json"),
    /** A required field is not there. */
    MISSING_FIELD("missing-field"),
    /** A field has the wrong JSON type or is not a number where one is needed. */
    BAD_FIELD("bad-field"),
    /** The event type is neither trade nor aggTrade. */
    UNKNOWN_EVENT("unknown-event"),
    /** The symbol has other characters than letters, digits and {@code ._-}, or too many. */
    BAD_SYMBOL("bad-symbol"),
    /** A number below zero. */
    NEGATIVE_NUMBER("negative-number"),
    /** More than 20 integer or 18 fraction digits. */
    TOO_MANY_DIGITS("too-many-digits"),
    /** The trade time is not after the epoch, or longer ago than any trade can be. */
    BAD_TIME("bad-time"),
    /** The trade time is too far ahead of the time at which Kafka got the record. */
    FUTURE_TIME("future-time"),
    /** The record is larger than 4 KB. */
    TOO_LARGE("too-large"),
    /** Some of its executions were counted before, others not. */
    OVERLAPPING_EXECUTIONS("overlapping-executions"),
    /** Known ids and a time above all of its symbol: ids began again, or two trades have one. */
    ID_REUSED("id-reused"),
    /** So old that nobody remembers whether it came before. */
    UNDECIDED_DUPLICATE("undecided-duplicate");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The value of the dead letter's header {@code reason}, and the name of its counter. */
    public String code() {
        return code;
    }

    /**
     * The reason of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reason of(String code) {
        for (Reason reason : values()) {
            if (reason.code.equals(code)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("not a reason of a dead letter: " + code);
    }
}
