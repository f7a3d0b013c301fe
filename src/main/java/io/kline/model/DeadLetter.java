package io.kline.model;

/**
 * A record that was not counted.
 *
 * @param reason why
 * @param detail names the field or the ids at fault, for a human
 * @param raw the record
 */
public record DeadLetter(Reason reason, String detail, RawRecord raw) {}
