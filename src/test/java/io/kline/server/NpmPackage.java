package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A script for Node.js and the libraries of its lock file. Needs Node.js and npm.
 *
 * @param sources what is in the repository: package.json, package-lock.json and the script
 * @param installed where it is installed
 * @param script the name of the script
 */
record NpmPackage(Path sources, Path installed, String script) {

    /** One of a folder of the tests. */
    NpmPackage(String folder, String script) {
        this(Path.of("src/test", folder), Path.of("target", folder), script);
    }

    /** Installs it, unless that has been done; skips the tests where there is no Node.js. */
    void install() throws Exception {
        boolean isThere = isThere("node") && isThere("npm");
        if (!isThere && !"true".equals(System.getenv("CI"))) {
            assumeTrue(false, script + " is not run: node and npm are not installed");
        }
        Files.createDirectories(installed);
        Path lock = installed.resolve("package-lock.json");
        boolean isInstalled =
                Files.exists(installed.resolve("node_modules/.package-lock.json"))
                        && Files.mismatch(sources.resolve("package-lock.json"), lock) < 0;
        for (String file : List.of("package.json", "package-lock.json", script)) {
            Files.write(installed.resolve(file), Files.readAllBytes(sources.resolve(file)));
        }
        if (!isInstalled) {
            execute(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        }
    }

    /** The output of the script; fails with all it has said unless it ends with 0. */
    String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(Arrays.asList(arguments));
        return execute(command);
    }

    private String execute(List<String> command) throws Exception {
        Path output = installed.resolve("output");
        Path errors = installed.resolve("errors");
        Process process =
                new ProcessBuilder(command)
                        .directory(installed.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("%s", command).isTrue();
            assertThat(process.exitValue())
                    .as(() -> command + "\n" + read(output) + read(errors))
                    .isZero();
            return read(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
