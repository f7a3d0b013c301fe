/** The topics that the live job writes. */
package io.kline.sink.kafka;
