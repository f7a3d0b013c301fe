package io.kline.kafka;

import io.kline.model.Reason;

/** A record that is not a valid trade event. */
public final class BadRecordException extends Exception {

    private final transient Reason reason;

    BadRecordException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** Why; the exception's message names the field at fault. */
    public Reason reason() {
        return reason;
    }
}
