package io.kline.model;

/** How long a record has waited to be read. Serializers write the ordinal. */
public enum Lag {
    /** No longer than it takes. */
    NONE,
    /** The reader is catching up: this happened long ago, and the present is still to come. */
    LONG,
    /** Some seconds: more comes than is read. */
    SHORT
}
