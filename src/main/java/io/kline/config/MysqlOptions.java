package io.kline.config;

import java.util.regex.Pattern;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Where all history goes. */
public final class MysqlOptions {

    /** Of the user, or of a key store: the driver knows names such as {@code password1}. */
    private static final Pattern PASSWORD =
            Pattern.compile("password[0-9]?\\s*=", Pattern.CASE_INSENSITIVE);

    @Option(
            names = "--mysql.url",
            paramLabel = "url",
            defaultValue = "jdbc:mysql://localhost:${sys:kline.mysql.port:-13306}/kline",
            description =
                    "MySQL or MariaDB, without a password; TLS is set here, such as ?sslMode=VERIFY_IDENTITY")
    public String url;

    @Option(
            names = "--mysql.user",
            paramLabel = "name",
            defaultValue = "kline",
            description = "user with the rights that docs/operations.md names, and no others")
    public String user;

    @Option(
            names = "--mysql.password",
            paramLabel = "secret",
            showDefaultValue = Help.Visibility.NEVER,
            description = "from the file or the environment variable KLINE_MYSQL_PASSWORD")
    public String password;

    @Option(
            names = "--mysql.batch-size",
            paramLabel = "1..10000",
            defaultValue = "500",
            description = "most candles per statement batch")
    public int batchSize;

    /**
     * @throws ConfigException naming the first key at fault
     */
    void check() {
        ConfigException.require(
                url.startsWith("jdbc:mysql:"), "mysql.url must start with jdbc:mysql:");
        ConfigException.require(
                !PASSWORD.matcher(url).find(),
                "mysql.url must not hold a password; use mysql.password. A trust store needs none");
        ConfigException.require(
                !url.contains("@"),
                "mysql.url must not hold a user; use mysql.user and mysql.password");
        ConfigException.requireText("mysql.user", user);
    }
}
