/** All history: idempotent upserts, guarded by version. */
package io.kline.sink.mysql;
