package io.kline.tools.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip with one CSV file, and its checksum beside it. It gets its name when it is whole. The time
 * of its entry is always the same, so the same rows make the same bytes.
 *
 * @param folder where both are
 * @param name of the files, without an ending
 */
record Archive(Path folder, String name) {

    /** The first that a zip can say. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Where the rows come from; writes them, and returns how many. */
    @FunctionalInterface
    interface Rows {
        long writeTo(Writer csv) throws IOException, SQLException;
    }

    /** Writes both files, in place of earlier ones, or none without rows; returns how many rows. */
    long write(Rows rows) throws IOException, SQLException {
        Files.createDirectories(folder);
        Path part = folder.resolve(name + ".zip.part");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long count = write(part, digest, rows);
            if (count > 0) {
                Path zip = folder.resolve(name + ".zip");
                Path checksum = folder.resolve(name + ".zip.CHECKSUM");
                // Never that of another zip beside this one.
                Files.deleteIfExists(checksum);
                Files.move(part, zip, StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(
                        checksum,
                        HexFormat.of().formatHex(digest.digest())
                                + "  "
                                + zip.getFileName()
                                + "\n");
            }
            return count;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long write(Path part, MessageDigest digest, Rows rows)
            throws IOException, SQLException {
        try (ZipOutputStream zip =
                        new ZipOutputStream(
                                new DigestOutputStream(Files.newOutputStream(part), digest),
                                StandardCharsets.UTF_8);
                Writer csv =
                        new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
            ZipEntry entry = new ZipEntry(name + ".csv");
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            long count = rows.writeTo(csv);
            csv.flush();
            zip.closeEntry();
            return count;
        }
    }
}
