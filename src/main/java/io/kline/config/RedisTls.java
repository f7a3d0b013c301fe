package io.kline.config;

import static io.kline.config.ConfigException.require;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/**
 * How connections to Redis are encrypted.
 *
 * @param on whether they are
 * @param ca certificates of the authorities that servers are verified with, as PEM, or null for
 *     those of the JVM
 * @param verifyHost whether a certificate has to be made out to the address of its server
 */
public record RedisTls(boolean on, String ca, boolean verifyHost) implements Serializable {

    /** Connections are not encrypted. */
    public static final RedisTls OFF = new RedisTls(false, null, true);

    /**
     * @throws ConfigException naming the first key at fault
     */
    public RedisTls {
        require(on || ca == null, "redis.tls.ca must be set only when redis.tls is true");
        require(
                on || verifyHost,
                "redis.tls.verify-host must be false only when redis.tls is true");
        if (ca != null) {
            require(!parse(ca).isEmpty(), "redis.tls.ca must be a file with a PEM certificate");
        }
    }

    /** Reads the certificates of a file, so that nobody else needs it. */
    static RedisTls of(boolean on, String caFile, boolean verifyHost) {
        return new RedisTls(on, caFile == null ? null : read(caFile), verifyHost);
    }

    /** The certificates of the authorities. */
    public Collection<? extends Certificate> authorities() {
        return parse(ca);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new ConfigException("redis.tls.ca: cannot read the file " + file);
        }
    }

    private static Collection<? extends Certificate> parse(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new ConfigException("redis.tls.ca must be a file with PEM certificates alone");
        }
    }
}
