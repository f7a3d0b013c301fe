package io.kline.tools.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
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
    void aDamagedEntryFailsAtItsEnd() throws IOException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            Path zip = folder.resolve(method + ".zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                ZipEntry entry = new ZipEntry("a.csv");
                entry.setMethod(method);
                entry.setSize(7);
                entry.setCompressedSize(method == ZipEntry.STORED ? 7 : -1);
                entry.setCrc(crc("content"));
                out.putNextEntry(entry);
                out.write("content".getBytes(UTF_8));
                out.closeEntry();
            }
            assertThat(content(zip)).isEqualTo("content");

            byte[] bytes = Files.readAllBytes(zip);
            byte[] crc =
                    ByteBuffer.allocate(4)
                            .order(LITTLE_ENDIAN)
                            .putInt((int) crc("content"))
                            .array();
            // The last one is that of the directory, which the JDK reads.
            int at = new String(bytes, ISO_8859_1).lastIndexOf(new String(crc, ISO_8859_1));
            bytes[at] ^= 1;
            Files.write(zip, bytes);
            assertThatThrownBy(() -> content(zip))
                    .isInstanceOf(ZipException.class)
                    .hasMessageContaining("'a.csv' is damaged");
        }
    }

    @Test
    void allMembersOfAGzipAreReadOrItFails() throws IOException {
        byte[] first = gzip("content");
        byte[] second = gzip(" and more".repeat(50_000));
        byte[] both = concatenated(first, second);
        Path file = folder.resolve("a.csv.gz");

        Files.write(file, both);
        assertThat(content(file)).hasSize(7 + 450_000);
        for (int length : new int[] {1, 9, 26, second.length / 2, second.length - 1}) {
            Files.write(file, Arrays.copyOf(both, first.length + length));
            assertThatThrownBy(() -> content(file))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class);
        }
        byte[] broken = second.clone();
        broken[0] = 0;
        Files.write(file, concatenated(first, broken));
        assertThatThrownBy(() -> content(file))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("behind byte " + first.length + " are not in gzip format");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> content(file)).hasMessage("not in gzip format");
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

    private static long crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return crc.getValue();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private String content(Path path) throws IOException {
        try (InputStream in = FeedFile.open(path, notes::add).content()) {
            return new String(in.readAllBytes(), UTF_8);
        }
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
