/**
 * A real Flink cluster on this machine: JobManagers, TaskManagers and ZooKeeper as processes of
 * their own, on the class path that Flink's own distribution has.
 *
 * <pre>
 *   ClusterMain ── Cluster ──┬─ ClusterConfig      flink-conf/config.yaml, and what is local
 *                            ├─ ZooKeeperProcess   where JobManagerProcess is there twice
 *                            ├─ JobManagerProcess
 *                            └─ TaskManagerProcess
 * </pre>
 */
package io.kline.tools.cluster;
