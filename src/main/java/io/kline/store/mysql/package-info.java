/**
 * The statements of the tables of all history: upserts guarded by version, reads, the ledger of
 * corrections. Running a write again changes nothing. No Flink.
 */
package io.kline.store.mysql;
