package io.kline.tools.cluster;

import java.net.URI;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

/** A JobManager. With several one leads, and the others wait. */
final class JobManagerProcess extends FlinkProcess {

    private final int number;

    /**
     * @param number from 1
     */
    JobManagerProcess(int number, ClusterConfig config) {
        super("jobmanager-" + number, config.restPort(number), config);
        this.number = number;
    }

    @Override
    List<String> memory() {
        Configuration flink = config().flink();
        JobManagerProcessSpec spec = JobManagerProcessUtils.processSpecFromConfig(flink);
        return List.of(JobManagerProcessUtils.generateJvmParametersStr(spec, flink).split(" "));
    }

    @Override
    List<String> javaOptions() {
        return config().javaOptions(CoreOptions.FLINK_JM_JVM_OPTIONS);
    }

    @Override
    List<String> main() {
        return List.of(
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                "--configDir",
                config().confFolder().toString(),
                "-Djobmanager.rpc.port=" + config().rpcPort(number),
                "-Dhigh-availability.jobmanager.port=" + config().rpcPort(number),
                "-Dblob.server.port=" + config().blobPort(number),
                "-Drest.port=" + port(),
                "-Drest.bind-port=" + port(),
                "-Dmetrics.reporter.prom.port=" + config().jobManagerMetricsPort(number));
    }

    @Override
    protected boolean answers() {
        return Rest.at(URI.create("http://" + address())).answers("/config");
    }
}
