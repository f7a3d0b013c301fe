package io.kline.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Reads options from a properties file, the environment and the command line. */
public final class OptionsReader {

    /**
     * Settings that are refused on the command line, where other users of the machine could read
     * them.
     */
    private static final Map<String, String> SECRETS =
            Map.of(
                    "--redis.password", "KLINE_REDIS_PASSWORD",
                    "--mysql.password", "KLINE_MYSQL_PASSWORD");

    private final Map<String, String> environment;

    public OptionsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads and checks the options of the jobs, as {@link #read(ProgramOptions, String, String[])}.
     */
    public Optional<KlineOptions> read(String program, String... args) {
        return read(new KlineOptions(), program, args);
    }

    /**
     * Reads and checks all options of a program.
     *
     * @param options filled and returned
     * @param program the name shown in the help text
     * @return the options, or nothing if help was asked for and printed
     * @throws ConfigException if a setting cannot be used
     */
    public <T extends ProgramOptions> Optional<T> read(T options, String program, String... args) {
        CommandLine line = new CommandLine(options).setCommandName(program);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Duration.class, DurationText::parse);
        line.registerConverter(ZoneOffset.class, OptionsReader::zoneOffset);
        Properties file = file(args);
        line.setDefaultValueProvider(argument -> preset((OptionSpec) argument, file));
        CommandLine.ParseResult result = parse(line, args);
        if (result.isUsageHelpRequested()) {
            line.usage(System.out);
            return Optional.empty();
        }
        for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
            if (result.hasMatchedOption(secret.getKey())) {
                throw new ConfigException(
                        key(secret.getKey())
                                + " is not taken from the command line; put it into the --config file"
                                + " or the environment variable "
                                + secret.getValue());
            }
        }
        line.getCommandSpec().options().forEach(OptionRange::check);
        options.check();
        return Optional.of(options);
    }

    private static CommandLine.ParseResult parse(CommandLine line, String... args) {
        try {
            return line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new ConfigException(e.getMessage() + " (--help lists all settings)");
        }
    }

    private static Properties file(String... args) {
        Properties properties = new Properties();
        String name = configFile(args);
        if (name == null) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(Path.of(name))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ConfigException("config: cannot read the file " + name);
        }
        Set<String> known = keysOfAllPrograms();
        for (String key : properties.stringPropertyNames()) {
            if (!known.contains(key)) {
                throw new ConfigException(
                        key + " in " + name + " is not a setting (--help lists all settings)");
            }
        }
        return properties;
    }

    private static Set<String> keysOfAllPrograms() {
        return Stream.of(new KlineOptions(), new ServerOptions())
                .flatMap(options -> new CommandLine(options).getCommandSpec().options().stream())
                .map(option -> key(option.longestName()))
                .collect(Collectors.toSet());
    }

    private static String configFile(String... args) {
        String name = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--config=")) {
                name = args[i].substring("--config=".length());
            } else if (args[i].equals("--config") && i + 1 < args.length) {
                name = args[i + 1];
            }
        }
        return name;
    }

    private String preset(OptionSpec option, Properties file) {
        String secret = SECRETS.get(option.longestName());
        String fromEnvironment = secret == null ? null : environment.get(secret);
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return literal(fromEnvironment);
        }
        String fromFile = file.getProperty(key(option.longestName()));
        return fromFile == null || fromFile.isBlank() ? null : literal(fromFile.trim());
    }

    /** Keeps picocli from taking a part of the value for a variable. */
    private static String literal(String value) {
        return value.replace("$", "$$");
    }

    private static String key(String optionName) {
        return optionName.substring("--".length());
    }

    private static ZoneOffset zoneOffset(String text) {
        return text.equalsIgnoreCase("UTC") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }
}
