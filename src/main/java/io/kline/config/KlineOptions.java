package io.kline.config;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every setting of the jobs. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        showDefaultValues = true,
        usageHelpAutoWidth = true,
        description =
                "Settings come from the file of --config, overridden by the command line. Secrets come from the file or from"
                        + " environment variables, never from the command line.")
public final class KlineOptions {

    @Option(
            names = "--config",
            paramLabel = "file",
            description = "properties file with any of the keys below, without the dashes")
    public String config;

    @Option(names = "--help", usageHelp = true, description = "show this and exit")
    public boolean help;

    @ArgGroup(validate = false, heading = "%nKafka%n")
    public KafkaOptions kafka = new KafkaOptions();

    @ArgGroup(validate = false, heading = "%nCandles%n")
    public CandleOptions kline = new CandleOptions();

    @ArgGroup(validate = false, heading = "%nRedis%n")
    public RedisOptions redis = new RedisOptions();

    @ArgGroup(validate = false, heading = "%nMySQL%n")
    public MysqlOptions mysql = new MysqlOptions();
}
