package io.kline.tools.bench;

import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.tools.local.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The process that is measured: reads so many records of a topic, prints the marks, writes its
 * candles to a file and ends. The programs that it is compared with have the same command line.
 */
@Command(name = "measured")
final class MeasuredMain implements Callable<Integer> {

    @Parameters(paramLabel = "job", description = "discard, engine or live")
    private MeasuredJob job;

    @Option(names = "--bootstrap", required = true)
    private String bootstrap;

    @Option(names = "--topic", required = true)
    private String topic;

    @Option(names = "--records", required = true, description = "how many the topic has")
    private long records;

    @Option(names = "--warmup", required = true, description = "after how many to print a mark")
    private long warmup;

    @Option(names = "--out", required = true, description = "gets the candles")
    private Path out;

    @Option(names = "--set", paramLabel = "key=value", description = "a setting of the job")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--flink", paramLabel = "key=value", description = "a setting of Flink")
    private Map<String, String> flink = new LinkedHashMap<>();

    public static void main(String[] args) {
        int code =
                new CommandLine(new MeasuredMain())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args);
        // Without the end of the cluster, which is not measured.
        Runtime.getRuntime().halt(code);
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createDirectories(out.resolveSibling("checkpoints"));
        LocalCluster cluster = LocalCluster.start(0);
        int parallelism = Math.min(4, Runtime.getRuntime().availableProcessors());
        KlineOptions options = options();
        LocalCluster.Job running =
                cluster.submit(
                        "bench",
                        parallelism,
                        folder,
                        env -> {
                            env.configure(Configuration.fromMap(flink));
                            job.define(env, options, warmup);
                        });
        cluster.awaitEnd(running);
        System.out.println(new Mark(Mark.DONE, records).line());
        job.write(out);
        return 0;
    }

    private KlineOptions options() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kafka.bootstrap.servers", bootstrap);
        all.put("kafka.topic.trades", topic);
        all.put("kline.ticks", "off");
        all.putAll(settings);
        List<String> args = new ArrayList<>();
        all.forEach((key, value) -> args.add("--" + key + "=" + value));
        return new OptionsReader(System.getenv())
                .read("measured", args.toArray(String[]::new))
                .orElseThrow();
    }
}
