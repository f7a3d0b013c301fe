/**
 * No holes in time: when the wall clock closes candles and opens flat ones, and when it must wait.
 */
package io.kline.continuity;
