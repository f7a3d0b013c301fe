package io.kline.tools.local;

import io.kline.config.ConfigException;
import io.kline.config.OptionsReader;
import io.kline.config.ServerOptions;
import io.kline.server.ServerMain;
import io.kline.tools.stack.StackDefaults;

/** The server, on the stores of the local stack. */
public final class ServerOnStack {

    private static final String EXAMPLES = "Examples:\n  server.sh\n  server.sh --server.port 8090";

    private ServerOnStack() {}

    public static void main(String[] args) {
        try {
            new OptionsReader(System.getenv())
                    .read(new ServerOptions(), "server.sh", args)
                    .ifPresentOrElse(
                            options -> {
                                StackDefaults.password(options.mysql);
                                ServerMain.run(options);
                            },
                            () -> System.out.println("\n" + EXAMPLES));
        } catch (ConfigException e) {
            System.err.println("server.sh: " + e.getMessage());
            System.exit(2);
        }
    }
}
