package io.kline.config;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The settings of one program; there is one file of settings for all programs. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        showDefaultValues = true,
        usageHelpAutoWidth = true,
        description =
                "Settings come from the file of --config, overridden by the command line. Secrets come from the file or from"
                        + " environment variables, never from the command line.")
public abstract class ProgramOptions {

    @Option(
            names = "--config",
            paramLabel = "file",
            description =
                    "properties file with any of the keys below, without the dashes; keys of other programs are passed over")
    public String config;

    @Option(names = "--help", usageHelp = true, description = "show this and exit")
    public boolean help;

    @ArgGroup(validate = false, heading = "%nRedis%n", order = 3)
    public RedisOptions redis = new RedisOptions();

    @ArgGroup(validate = false, heading = "%nMySQL%n", order = 4)
    public MysqlOptions mysql = new MysqlOptions();

    /**
     * Checks all but the ranges of numbers and durations, and that the settings fit together.
     *
     * @throws ConfigException naming the first key at fault
     */
    void check() {
        redis.settings();
        mysql.check();
    }
}
