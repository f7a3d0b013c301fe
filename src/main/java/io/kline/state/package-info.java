/**
 * The bytes of values between operators and in checkpoints. Written by hand: no reflection, no
 * generic fallback. The first byte of a value names the layout of the others, so that a later build
 * reads what an earlier one wrote, and an earlier one refuses what a later one wrote.
 */
package io.kline.state;
