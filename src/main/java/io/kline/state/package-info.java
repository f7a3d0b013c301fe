/**
 * The bytes of values between operators and in checkpoints. Written by hand: no reflection, no
 * generic fallback.
 */
package io.kline.state;
