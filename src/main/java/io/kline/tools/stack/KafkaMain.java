package io.kline.tools.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The JVM of {@link KafkaProcess}: one broker, shut down cleanly by SIGTERM. */
@Command(name = "kafka")
final class KafkaMain implements Callable<Integer> {

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--data", required = true)
    private Path data;

    @Option(names = "--set", paramLabel = "key=value", description = "a setting of the broker")
    private Map<String, String> settings = new LinkedHashMap<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new KafkaMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.at(port, data, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
        kafka.start();
        new CountDownLatch(1).await();
        return 0;
    }
}
