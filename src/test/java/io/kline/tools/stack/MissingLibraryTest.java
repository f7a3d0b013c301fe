package io.kline.tools.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingLibraryTest {

    private static final String PREFIX = "/x/mariadbd: error while loading shared libraries: ";
    private static final String SUFFIX = ": cannot open shared object file: No such file";

    @Test
    void namesThePackageOfAKnownLibrary() {
        assertThat(MissingLibrary.in(PREFIX + "libcrypt.so.1" + SUFFIX))
                .hasValueSatisfying(
                        advice ->
                                assertThat(advice)
                                        .contains("libcrypt.so.1 is missing", "package libcrypt1"));
    }

    @Test
    void namesAnUnknownLibrary() {
        assertThat(MissingLibrary.in(PREFIX + "libother.so.3" + SUFFIX))
                .hasValueSatisfying(
                        advice -> assertThat(advice).contains("libother.so.3 is missing"));
    }

    @Test
    void isSilentAboutOtherOutput() {
        assertThat(MissingLibrary.in("ready for connections")).isEmpty();
    }
}
