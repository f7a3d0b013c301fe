package io.kline.tools.local;

import io.kline.config.KlineOptions;
import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import io.kline.tools.stack.StackDefaults;
import java.nio.file.Path;

/** Which jobs run in this process. */
public enum LocalJobs {
    LIVE,
    HISTORY,
    ALL;

    /** Submits the jobs, which go on where they left off on this stack; returns the last one. */
    public LocalCluster.Job submit(LocalCluster cluster, KlineOptions options) throws Exception {
        int parallelism = Math.min(4, Runtime.getRuntime().availableProcessors());
        Path folder =
                StackDefaults.jobs(StackDefaults.folder(System.getenv()))
                        .resolve(options.kafka.groupId);
        LocalCluster.Job last = null;
        if (this != HISTORY) {
            last =
                    cluster.submit(
                            LiveJob.NAME,
                            parallelism,
                            folder.resolve("live"),
                            env -> LiveJob.define(env, options));
        }
        if (this != LIVE) {
            last =
                    cluster.submit(
                            HistoryJob.NAME,
                            parallelism,
                            folder.resolve("history"),
                            env -> HistoryJob.define(env, options));
        }
        return last;
    }
}
