package io.kline.testing;

import io.kline.config.RedisTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A private authority, and a certificate of it for servers on 127.0.0.1. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";
    private static final Base64.Encoder PEM =
            Base64.getMimeEncoder(64, System.lineSeparator().getBytes());

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /** Makes one, with files below {@code target}. */
    public static TestAuthority create() throws Exception {
        TestAuthority authority =
                new TestAuthority(
                        Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tls"));
        authority.generate();
        return authority;
    }

    /** PEM file of the authority. */
    public Path ca() {
        return folder.resolve("ca.pem");
    }

    /** What a client trusts. */
    public RedisTls trust(boolean verifyHost) throws IOException {
        return new RedisTls(true, Files.readString(ca()), verifyHost);
    }

    /** Options of a server that speaks TLS on a port, to other servers as well. */
    List<String> options(int port) {
        return List.of(
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                folder.resolve("server.pem").toString(),
                "--tls-key-file",
                folder.resolve("server.key").toString(),
                "--tls-ca-cert-file",
                ca().toString(),
                "--tls-auth-clients",
                "no",
                "--tls-replication",
                "yes",
                "--tls-cluster",
                "yes");
    }

    private void generate() throws Exception {
        keytool(
                "ca.p12",
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Test CA",
                "-ext",
                "bc:c");
        keytool("ca.p12", "-exportcert", "-alias", "ca", "-rfc", "-file", ca().toString());
        keytool(
                "server.p12",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=redis");
        String request = folder.resolve("server.csr").toString();
        keytool("server.p12", "-certreq", "-alias", "server", "-file", request);
        keytool(
                "ca.p12",
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1",
                "-infile",
                request,
                "-outfile",
                folder.resolve("server.pem").toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                folder.resolve("server.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + PEM.encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keystore", folder.resolve(store).toString(), "-storepass", PASSWORD));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool failed, see " + folder.resolve("log"));
        }
    }
}
