package io.kline.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A file of {@code key=value} lines. */
final class PropertiesFile {

    private PropertiesFile() {}

    /**
     * Reads the file.
     *
     * @param key the setting that names it
     * @throws ConfigException naming setting and file, but nothing of what is in it
     */
    static Properties read(String key, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ConfigException(key + ": cannot read the file " + file);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + file + " has a \\u without four digits");
        }
        return properties;
    }
}
