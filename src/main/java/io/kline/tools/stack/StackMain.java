package io.kline.tools.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command behind {@code scripts/stack.sh}. */
@Command(
        name = "stack.sh",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(start | stop | status | clean) [kafka] [redis] [mysql]",
        description = "Kafka, Redis and MariaDB on this machine, in the background.",
        footer = {
            "",
            "Without the name of a server a command is about all three.",
            "",
            "Environment:",
            "  KAFKA_PORT, REDIS_PORT, MYSQL_PORT  instead of 19092, 16379, 13306",
            "  KLINE_STACK_DIR  data, logs and pid files (default: target/stack of the project)",
            "  KLINE_CACHE      unpacked binaries (default: ~/.cache/kline)",
            "",
            "Examples:",
            "  stack.sh start",
            "  KAFKA_PORT=29092 stack.sh start kafka",
        })
final class StackMain implements Callable<Integer> {

    @Spec private CommandSpec spec;

    private final Map<String, String> environment;

    private StackMain(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new StackMain(System.getenv()));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                    failed.getErr().println("error: " + e.getMessage());
                    return 1;
                });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: start, stop, status or clean");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Start what does not run; return when all answer.")
    int start(@Parameters(arity = "0..*", paramLabel = "server") Set<ServerKind> servers)
            throws IOException {
        Stack stack = stack();
        return changing(
                stack,
                servers,
                stack::start,
                kind -> line(kind, "up    " + stack.connection(kind)));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stop what runs; return when it is gone. Data is kept.")
    int stop(@Parameters(arity = "0..*", paramLabel = "server") Set<ServerKind> servers)
            throws IOException {
        Stack stack = stack();
        return changing(
                stack, servers, kind -> stack.server(kind).stop(), kind -> line(kind, "stopped"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stop what runs and delete its data, not the unpacked binaries.")
    int clean(@Parameters(arity = "0..*", paramLabel = "server") Set<ServerKind> servers)
            throws IOException {
        Stack stack = stack();
        return changing(stack, servers, stack::clean, kind -> line(kind, "deleted"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "One line per server; exit code 0 only if all run and answer.")
    int status(@Parameters(arity = "0..*", paramLabel = "server") Set<ServerKind> servers)
            throws IOException {
        Stack stack = stack();
        int down = 0;
        for (ServerKind kind : orAll(servers)) {
            ServerProcess server = stack.server(kind);
            String pid = server.process().map(p -> " (pid " + p.pid() + ")").orElse("");
            if (pid.isEmpty()) {
                down++;
                print(line(kind, "down"));
            } else if (!server.answers()) {
                down++;
                print(line(kind, "runs" + pid + ", no answer on " + server.address()));
            } else {
                print(line(kind, "up    " + stack.connection(kind) + pid));
            }
        }
        return down == 0 ? 0 : 1;
    }

    private Stack stack() throws IOException {
        Path root = Path.of(System.getProperty("kline.root", ""));
        return new Stack(
                StackDefaults.folder(environment),
                root.resolve("sql").resolve("schema.sql"),
                environment);
    }

    /** Does it to all servers at the same time; returns how the process shall exit. */
    private int changing(
            Stack stack,
            Set<ServerKind> servers,
            Consumer<ServerKind> action,
            Function<ServerKind, String> success)
            throws IOException {
        return stack.alone(
                () -> {
                    Map<ServerKind, CompletableFuture<Void>> all = new EnumMap<>(ServerKind.class);
                    for (ServerKind kind : orAll(servers)) {
                        all.put(
                                kind,
                                CompletableFuture.runAsync(
                                        () -> action.accept(kind), this::thread));
                    }
                    int failed = 0;
                    for (ServerKind kind : all.keySet()) {
                        failed += ended(all.get(kind), success.apply(kind)) ? 0 : 1;
                    }
                    return failed == 0 ? 0 : 1;
                });
    }

    private boolean ended(CompletableFuture<Void> action, String success) {
        try {
            action.join();
            print(success);
            return true;
        } catch (CompletionException e) {
            spec.commandLine().getErr().println("error: " + e.getCause().getMessage());
            return false;
        }
    }

    private void thread(Runnable task) {
        new Thread(task).start();
    }

    private static Set<ServerKind> orAll(Set<ServerKind> servers) {
        return servers == null || servers.isEmpty()
                ? EnumSet.allOf(ServerKind.class)
                : EnumSet.copyOf(servers);
    }

    private static String line(ServerKind kind, String text) {
        return String.format("%-8s %s", kind.title(), text);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
