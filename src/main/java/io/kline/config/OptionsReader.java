package io.kline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
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
        for (OptionSpec option : result.matchedOptions()) {
            refuseSecret(option);
        }
        line.getCommandSpec().options().forEach(OptionRange::check);
        options.check();
        return Optional.of(options);
    }

    /** Other users of the machine could read a command line. */
    private static void refuseSecret(OptionSpec option) {
        if (isSecret(option)) {
            throw new ConfigException(
                    key(option)
                            + " is not taken from the command line; put it into the --config file"
                            + " or the environment variable "
                            + variable(option));
        }
    }

    private static CommandLine.ParseResult parse(CommandLine line, String... args) {
        try {
            return line.parseArgs(args);
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw new ConfigException(unmatched(e.getUnmatched()) + " (--help lists all settings)");
        } catch (CommandLine.ParameterException e) {
            throw new ConfigException(e.getMessage() + " (--help lists all settings)");
        }
    }

    /** Without values: one of them may be a secret whose key was mistyped. */
    private static String unmatched(List<String> arguments) {
        List<String> keys =
                arguments.stream()
                        .filter(argument -> argument.startsWith("-"))
                        .map(argument -> argument.split("=", 2)[0])
                        .toList();
        return keys.isEmpty()
                ? "there is a value without a key"
                : String.join(", ", keys) + ": no such setting";
    }

    private static Properties file(String... args) {
        String name = configFile(args);
        if (name == null) {
            return new Properties();
        }
        Properties properties = PropertiesFile.read("config", Path.of(name));
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
                .map(OptionsReader::key)
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
        String fromEnvironment = isSecret(option) ? environment.get(variable(option)) : null;
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return literal(fromEnvironment);
        }
        String fromFile = file.getProperty(key(option));
        return fromFile == null || fromFile.isBlank() ? null : literal(fromFile.trim());
    }

    /** Keeps picocli from taking a part of the value for a variable. */
    private static String literal(String value) {
        return value.replace("$", "$$");
    }

    /** The name of an option in the file. */
    static String key(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    private static boolean isSecret(OptionSpec option) {
        return key(option).endsWith(".password");
    }

    private static String variable(OptionSpec secret) {
        return "KLINE_" + key(secret).replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static ZoneOffset zoneOffset(String text) {
        return text.equalsIgnoreCase("UTC") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }
}
