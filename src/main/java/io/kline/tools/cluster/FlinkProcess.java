package io.kline.tools.cluster;

import io.kline.tools.stack.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CoreOptions;

/** A JVM that runs a part of Flink, on the class path of Flink's own distribution alone. */
abstract class FlinkProcess extends ServerProcess {

    private static final String PORT = "-Dkline.port=";

    private final ClusterConfig config;

    /**
     * @param name such as {@code taskmanager-1}: the name of its folder and its files
     * @param port the port that says whether it is up
     */
    FlinkProcess(String name, int port, ClusterConfig config) {
        super(name, port, config.folder().resolve(name), false);
        this.config = config;
    }

    final ClusterConfig config() {
        return config;
    }

    /** Options of the JVM for memory. */
    abstract List<String> memory();

    /** Options of the JVM that the settings have for processes of this kind only. */
    List<String> javaOptions() {
        return List.of();
    }

    /** The main class, and its arguments. */
    abstract List<String> main() throws IOException;

    @Override
    protected final List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.add("CLASSPATH=" + config.classPath());
        command.add("FLINK_CONF_DIR=" + config.confFolder());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(mark());
        command.add(PORT + port());
        command.add("@" + file(arguments()));
        Files.createDirectories(data());
        return command;
    }

    /** In the order of Flink's own scripts: of two options that disagree the JVM takes the last. */
    final List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>(memory());
        arguments.addAll(config.javaOptions(CoreOptions.FLINK_JVM_OPTIONS));
        arguments.addAll(javaOptions());
        arguments.add("-Dlog4j2.configurationFile=" + config.logging());
        arguments.addAll(main());
        return arguments;
    }

    /** Of a longer command line nothing could be read back. */
    private Path file(List<String> arguments) throws IOException {
        Files.createDirectories(home());
        return Files.write(
                home().resolve("arguments"), arguments.stream().map(FlinkProcess::quoted).toList());
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    protected final String executable() {
        return "java";
    }

    @Override
    protected final String mark() {
        return "-Dkline.process=" + data();
    }

    @Override
    protected final boolean listensOn(List<String> arguments, int port) {
        return arguments.contains(PORT + port);
    }
}
