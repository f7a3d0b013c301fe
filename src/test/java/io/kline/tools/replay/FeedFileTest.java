package io.kline.tools.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedFileTest {

    @TempDir private Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void plainGzipAndZipHoldTheSame() throws IOException {
        Path plain = Files.writeString(folder.resolve("a.csv"), "content");
        Path gzip = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write("content".getBytes(UTF_8));
        }
        Path zip = zip("b.ZIP", "folder/a.csv");

        for (Path path : new Path[] {plain, gzip, zip}) {
            FeedFile file = FeedFile.open(path, notes::add);
            assertThat(file.name()).isEqualTo("a.csv");
            assertThat(new String(file.content().readAllBytes(), UTF_8)).isEqualTo("content");
            file.content().close();
        }
    }

    @Test
    void aZipOfSeveralFilesIsRefused() throws IOException {
        Path zip = zip("two.zip", "a.csv", "b.csv");

        assertThatThrownBy(() -> FeedFile.open(zip, notes::add))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("holds 2 files, one is expected: a.csv, b.csv");
    }

    @Test
    void whatASystemAddsToAZipIsNoFile() throws IOException {
        Path zip = zip("mac.zip", "__MACOSX/._a.csv", "x/a.csv", "x/._a.csv", "x/.DS_Store");

        assertThat(open(zip).name()).isEqualTo("a.csv");
        assertThat(notes).isEmpty();
    }

    @Test
    void aNestedCopyIsLeftOutAndNamed() throws IOException {
        Path zip = zip("copy.zip", "a.csv", "data/spot/a.csv");

        assertThat(open(zip).name()).isEqualTo("a.csv");
        assertThat(notes)
                .containsExactly(zip + ": 'data/spot/a.csv' is a copy of 'a.csv' and is left out");
    }

    @Test
    void anArchiveInAnArchiveIsRefused() throws IOException {
        Path zip = zip("twice.zip", "a.csv.zip");

        assertThatThrownBy(() -> open(zip))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("holds an archive again, 'a.csv.zip'");
    }

    @Test
    void theEndingDecidesTheFormatElseTheFirstBytes() throws IOException {
        assertThat(format("a.csv", "{")).isEqualTo(Format.CSV);
        assertThat(format("a.jsonl", "x")).isEqualTo(Format.JSON);
        assertThat(format("a", "{\"s\":1}")).isEqualTo(Format.JSON);
        assertThat(format("a.txt", "symbol,")).isEqualTo(Format.CSV);
        assertThat(format("a", "")).isEqualTo(Format.CSV);
        assertThat(format("a", "2021-07-22 01:13:24.006\t{\"stream\":1}")).isEqualTo(Format.JSON);
        assertThat(format("a", "7,0.231,10\n{")).isEqualTo(Format.CSV);
    }

    private FeedFile open(Path path) throws IOException {
        FeedFile file = FeedFile.open(path, notes::add);
        file.content().close();
        return file;
    }

    private Format format(String name, String content) throws IOException {
        FeedFile file = FeedFile.open(Files.writeString(folder.resolve(name), content), notes::add);
        try (InputStream in = file.content()) {
            Format format = Format.of(file.name(), in);
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(content);
            return format;
        }
    }

    private Path zip(String name, String... entries) throws IOException {
        Path zip = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write("content".getBytes(UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }
}
