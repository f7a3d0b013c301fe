package io.kline.tools.stack;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to install when a binary's shared library is not on this machine. */
final class MissingLibrary {

    private static final Pattern MESSAGE =
            Pattern.compile("error while loading shared libraries: ([^:\\s]+):");

    private static final Map<String, String> DEBIAN_PACKAGES =
            Map.of(
                    "libcrypt.so.1", "libcrypt1",
                    "libsystemd.so.0", "libsystemd0",
                    "libstdc++.so.6", "libstdc++6",
                    "libgcc_s.so.1", "libgcc-s1",
                    "libssl.so.3", "libssl3",
                    "libcrypto.so.3", "libssl3");

    private MissingLibrary() {}

    /** The advice, if the output of a program is the dynamic loader's complaint. */
    static Optional<String> in(String output) {
        Matcher matcher = MESSAGE.matcher(output);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String library = matcher.group(1);
        String debian = DEBIAN_PACKAGES.get(library);
        return Optional.of(
                "The shared library "
                        + library
                        + " is missing: install "
                        + (debian == null
                                ? "the package that holds it"
                                : "the package " + debian + " (Debian, Ubuntu)"));
    }
}
