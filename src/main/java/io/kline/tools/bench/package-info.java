/** Benchmarks on one machine: each checks its own answers while it measures. */
package io.kline.tools.bench;
