package io.kline.tools.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server that is an operating system process of its own, with everything it writes below one home
 * directory: {@code data}, {@code NAME.log}, {@code NAME.pid}.
 *
 * <p>The process is recognized by its executable and the data directory on its command line, never
 * by a number in a file alone: an instance made later, in another JVM, finds what an earlier one
 * started, and a reused process id is never taken for the server. It leads a session of its own, so
 * neither Ctrl-C in a terminal nor the end of this JVM reaches it. Data survives {@link #stop()}
 * and {@link #kill()}.
 */
public abstract class ServerProcess implements AutoCloseable {

    /** Long, for a machine that has much else to do: one that ends is noticed at once. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Duration REAP_LIMIT = Duration.ofSeconds(2);

    private final String name;
    private final int port;
    private final Path home;
    private final boolean temporary;

    /**
     * @param name short, lower case: the name of its files
     * @param home absolute; made on start
     * @param temporary whether {@link #close()} deletes {@code home}
     */
    protected ServerProcess(String name, int port, Path home, boolean temporary) {
        this.name = name;
        this.port = port;
        this.home = home;
        this.temporary = temporary;
    }

    /** The command line; prepares the data directory first where the server wants that. */
    protected abstract List<String> command() throws IOException;

    /** File name of the executable that runs the server. */
    protected abstract String executable();

    /** The argument of the command line that only this server has: it names its data directory. */
    protected abstract String mark();

    /** Whether the server answers a request of its own protocol now. */
    protected abstract boolean answers();

    public final int port() {
        return port;
    }

    /** {@code host:port}. */
    public final String address() {
        return Ports.LOOPBACK + ":" + port;
    }

    public final String name() {
        return name;
    }

    public final Path home() {
        return home;
    }

    public final Path data() {
        return home.resolve("data");
    }

    public final Path log() {
        return home.resolve(name + ".log");
    }

    private Path pidFile() {
        return home.resolve(name + ".pid");
    }

    /** The running process, if there is one. */
    public final Optional<ProcessHandle> process() {
        return ProcessHandle.allProcesses().filter(this::isThisServer).findFirst();
    }

    public final boolean isRunning() {
        return process().isPresent();
    }

    private boolean isThisServer(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.command().filter(c -> Path.of(c).endsWith(executable())).isPresent()
                && info.arguments().filter(a -> List.of(a).contains(mark())).isPresent();
    }

    /**
     * Starts the server, on the data of its last run if there is any, and waits until it answers.
     * Does nothing more than wait when it runs already.
     *
     * @throws ServerException when it does not come up; the message says why, nothing keeps running
     */
    public final void start() {
        try {
            ProcessHandle process = runningOnData().orElse(null);
            long logStart = Files.exists(log()) ? Files.size(log()) : 0;
            if (process == null) {
                process = launch();
            }
            ProcessHandle started = process;
            boolean up = Await.holds(START_LIMIT, () -> !isThisServer(started) || answers());
            if (!isThisServer(started)) {
                throw failure("ended", logStart);
            }
            if (!up) {
                kill();
                throw failure("gave no answer for " + START_LIMIT.toSeconds() + " s", logStart);
            }
        } catch (IOException e) {
            throw new ServerException(name + ": " + e.getMessage(), e);
        }
    }

    private Optional<ProcessHandle> runningOnData() throws IOException {
        Optional<ProcessHandle> running = process();
        if (running.isPresent() && Files.notExists(data())) {
            // Somebody deleted the directory below the running server, as `mvn clean` does.
            kill();
            return Optional.empty();
        }
        if (running.isPresent() && !listensOn(arguments(running.get()), port)) {
            throw new ServerException(
                    name + " runs already, but not on port " + port + ": stop it first");
        }
        return running;
    }

    /** Whether the arguments of a running server say that it listens on a port. */
    protected boolean listensOn(List<String> arguments, int port) {
        int option = arguments.indexOf("--port");
        return arguments.contains("--port=" + port)
                || option >= 0 && arguments.get(option + 1).equals(String.valueOf(port));
    }

    private static List<String> arguments(ProcessHandle process) {
        return List.of(process.info().arguments().orElse(new String[0]));
    }

    /**
     * Looks at what {@link #start()} would fail for at once.
     *
     * @throws ServerException if the server runs on another port, or another program has its port
     */
    public final void requireStartable() {
        try {
            if (runningOnData().isEmpty()) {
                requireFreePort();
            }
        } catch (IOException e) {
            throw new ServerException(name + ": " + e.getMessage(), e);
        }
    }

    private void requireFreePort() {
        if (!Ports.isFree(port)) {
            throw new ServerException(name + ": port " + port + " is taken by another program");
        }
    }

    private ProcessHandle launch() throws IOException {
        requireFreePort();
        Files.createDirectories(data());
        List<String> command = new ArrayList<>(Detached.prefix());
        command.addAll(command());
        Process process =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
        Files.writeString(pidFile(), process.pid() + "\n");
        // Until the new session's leader has become the server it is not recognized as one.
        Await.holds(
                Duration.ofSeconds(5),
                () -> isThisServer(process.toHandle()) || !process.isAlive());
        return process.toHandle();
    }

    private ServerException failure(String what, long logStart) throws IOException {
        String output = Files.exists(log()) ? LogTail.since(log(), logStart) : "";
        String hint = MissingLibrary.in(output).map(h -> "\n" + h).orElse("");
        return new ServerException(
                name
                        + " "
                        + what
                        + "; the end of "
                        + log()
                        + ":\n"
                        + output.stripTrailing()
                        + hint);
    }

    /**
     * Asks the server to shut down cleanly and waits until it is gone; kills it when it takes
     * longer than 30 s. Does nothing when it does not run.
     */
    public final void stop() {
        Optional<ProcessHandle> running = process();
        running.ifPresent(ProcessHandle::destroy);
        if (running.isPresent() && !endsWithin(STOP_LIMIT, running.get())) {
            kill();
        }
        forgetPid();
    }

    /**
     * Ends the server at once, as a crash would, and waits until it is gone.
     *
     * @throws ServerException when it outlives even that
     */
    public final void kill() {
        Optional<ProcessHandle> running = process();
        running.ifPresent(ProcessHandle::destroyForcibly);
        if (running.isPresent() && !endsWithin(KILL_LIMIT, running.get())) {
            throw new ServerException(name + ": process " + running.get().pid() + " does not end");
        }
        forgetPid();
    }

    private boolean endsWithin(Duration limit, ProcessHandle process) {
        // A dying process loses its command line before its port. Its number may stay taken for
        // long where nobody reaps it.
        boolean ended =
                Await.holds(
                        limit,
                        () -> !process.isAlive() || !isThisServer(process) && Ports.isFree(port));
        if (ended) {
            Await.holds(REAP_LIMIT, () -> !process.isAlive());
        }
        return ended;
    }

    private void forgetPid() {
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its data. */
    public final void clean() throws IOException {
        stop();
        Directories.delete(home);
    }

    /** Stops the server; one in a temporary directory takes that along. */
    @Override
    public final void close() {
        try {
            if (temporary) {
                clean();
            } else {
                stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
