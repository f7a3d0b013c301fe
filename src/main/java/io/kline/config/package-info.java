/** What a job is told from outside, as typed and checked values. */
package io.kline.config;
