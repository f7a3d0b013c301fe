package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.stack.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Redis of a world, of some topology. */
interface RedisServers {

    /** Starts what does not run, and returns when it serves. */
    void start();

    List<? extends ServerProcess> processes();

    RedisSettings settings();

    /** The settings, as arguments of a job. */
    default List<String> arguments() {
        RedisSettings settings = settings();
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--redis.mode", settings.mode().name().toLowerCase(Locale.ROOT)));
        arguments.addAll(List.of("--redis.nodes", String.join(",", settings.nodes())));
        if (settings.master() != null) {
            arguments.addAll(List.of("--redis.master", settings.master()));
        }
        return arguments;
    }

    /** Settings without a login. */
    static RedisSettings settings(RedisSettings.Mode mode, List<String> nodes, String master) {
        return new RedisSettings(mode, nodes, master, null, null, false, 1500);
    }
}
