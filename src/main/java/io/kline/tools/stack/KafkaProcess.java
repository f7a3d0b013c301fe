package io.kline.tools.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An {@link EmbeddedKafka} in a JVM of its own, which can be killed and outlives its starter. */
public final class KafkaProcess extends ServerProcess {

    private final Map<String, String> settings;

    private KafkaProcess(int port, Path home, boolean temporary, Map<String, String> settings) {
        super("kafka", port, home, temporary);
        this.settings = settings;
    }

    /** A broker that keeps its data in {@code home}. */
    public static KafkaProcess at(int port, Path home) {
        return at(port, home, Map.of());
    }

    /**
     * A broker of a certain kind, such as one of several.
     *
     * @param settings of the broker, that win over all others
     */
    public static KafkaProcess at(int port, Path home, Map<String, String> settings) {
        return new KafkaProcess(port, home.toAbsolutePath(), false, settings);
    }

    /** A broker on a free port whose data goes when it is closed. */
    public static KafkaProcess temporary() {
        Path home = Directories.temporary("kline-kafka-");
        return new KafkaProcess(Ports.free(), home, true, Map.of());
    }

    @Override
    protected List<String> command() {
        // The class path goes by the environment: a command line longer than a page is cut off when
        // it is read back, and the process would not be recognized.
        List<String> command = new ArrayList<>(List.of("env"));
        command.add("CLASSPATH=" + System.getProperty("java.class.path"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // Ten times the defaults: a starting broker is not worth optimizing, and
                        // the compiler would take a third of the start's time; load still is.
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000",
                        "-XX:Tier4BackEdgeThreshold=400000",
                        "-Dlog4j2.configurationFile=classpath:io/kline/tools/stack/kafka-log4j2.xml",
                        "-Dkline.log=" + log(),
                        KafkaMain.class.getName(),
                        "--port=" + port(),
                        mark()));
        settings.forEach((key, value) -> command.add("--set=" + key + "=" + value));
        return command;
    }

    @Override
    protected String executable() {
        return "java";
    }

    @Override
    protected String mark() {
        return "--data=" + data();
    }

    @Override
    protected boolean answers() {
        return Ports.accepts(port()) && Topics.answers(address());
    }
}
