package io.kline.tools.bench.peers;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * One peer in a process of its own. It reads a topic once and ends. It prints {@code MARK warm} and
 * the records that were read, then {@code MARK done} and all records when its outputs are out. A
 * file then has its candles of a minute.
 */
@Command(
        name = "peer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reads a topic of trades once, as another design would.")
public final class PeerMain implements Callable<Integer> {

    private static final Map<String, Supplier<Peer>> PEERS =
            new TreeMap<>(
                    Map.of(
                            "sql-tumble", SqlTumble::new,
                            "sql-groupby", SqlGroupBy::new,
                            "kafka-streams", KafkaStreamsPeer::new,
                            "textbook", Textbook::new,
                            "textbook-restore", TextbookRestore::new,
                            "consumer", HashMapConsumer::new,
                            "classic", Classic::new));

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "name", description = "which peer")
    private String name;

    @Option(names = "--bootstrap", required = true, paramLabel = "host:port", description = "Kafka")
    private String bootstrap;

    @Option(names = "--topic", required = true, paramLabel = "name", description = "of trades")
    private String topic;

    @Option(names = "--records", required = true, paramLabel = "n", description = "in the topic")
    private long records;

    @Option(
            names = "--warmup",
            defaultValue = "0",
            paramLabel = "n",
            description = "records before the first mark; default ${DEFAULT-VALUE}")
    private long warmUp;

    @Option(
            names = "--redis",
            paramLabel = "host:port",
            description = "for classic, and for consumer, which else writes nowhere")
    private String redis;

    @Option(names = "--mysql", paramLabel = "url", description = "for classic")
    private String mysql;

    @Option(names = "--out", required = true, paramLabel = "file", description = "csv of candles")
    private Path out;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PeerMain());
    }

    @Override
    public Integer call() throws Exception {
        Supplier<Peer> peer = PEERS.get(name);
        if (peer == null) {
            throw new ParameterException(
                    spec.commandLine(), "unknown peer " + name + "; one of " + PEERS.keySet());
        }
        RecordsRead.begin(warmUp);
        MinuteCandles candles =
                peer.get().run(new PeerInput(bootstrap, topic, records, redis, mysql));
        System.out.println("MARK done " + records);
        candles.write(out);
        return 0;
    }
}
