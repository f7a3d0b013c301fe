package io.kline.server;

import io.javalin.util.JavalinBindException;
import io.kline.config.ConfigException;
import io.kline.config.OptionsReader;
import io.kline.config.ServerOptions;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The program: {@code java -jar kline-server.jar [--config file] [--key value …]}. */
public final class ServerMain {

    private static final String LOGGING = "log4j2.configurationFile";
    private static final int WRONG_OPTIONS = 2;

    private ServerMain() {}

    public static void main(String[] args) {
        // Before anything logs.
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "classpath:io/kline/server/log4j2.properties");
        }
        try {
            Optional<ServerOptions> options =
                    new OptionsReader(System.getenv())
                            .read(new ServerOptions(), "kline-server", args);
            options.ifPresent(ServerMain::run);
        } catch (ConfigException e) {
            System.err.println("kline-server: " + e.getMessage());
            System.exit(WRONG_OPTIONS);
        } catch (JavalinBindException | UncheckedIOException e) {
            System.err.println("kline-server: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Starts the server, which runs until the process is asked to stop. */
    public static void run(ServerOptions options) {
        KlineServer server = KlineServer.start(ServerSettings.of(options));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        System.out.println("http://" + options.server.host + ":" + server.port() + "/");
    }
}
