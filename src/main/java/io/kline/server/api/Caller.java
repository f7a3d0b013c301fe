package io.kline.server.api;

/**
 * Who asks.
 *
 * @param address what requests are counted by
 * @param allowance how much may still be asked
 */
public record Caller(String address, Allowance allowance) {

    /** One that is not counted. */
    static final Caller NOBODY = new Caller("", weight -> 0);
}
