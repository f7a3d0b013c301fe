/**
 * The statements of the tables of all history: upserts guarded by version, reads, the ledger of
 * corrections. Running a write again changes nothing.
 */
package io.kline.sink.mysql;
