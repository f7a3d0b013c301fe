/**
 * The jobs and the server in one process, on the servers of the local stack. Ctrl-C stops jobs with
 * savepoints, and the next start goes on from there.
 *
 * <pre>
 *   LocalMain ─── LocalJobs ── LocalCluster ── SavedState     the jobs and the Flink UI
 *   ServerOnStack                                             the query server
 * </pre>
 */
package io.kline.tools.local;
