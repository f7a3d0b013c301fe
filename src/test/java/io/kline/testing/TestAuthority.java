package io.kline.testing;

import io.kline.config.RedisTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A private authority, and a certificate of it for servers on 127.0.0.1. */
public final class TestAuthority {

    private static final String NEW = " -newkey ec -pkeyopt ec_paramgen_curve:prime256v1";

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
        Files.writeString(folder.resolve("extensions"), "subjectAltName=IP:127.0.0.1\n");
        openssl("req -x509 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem" + NEW);
        openssl("req -nodes -subj /CN=redis -keyout server.key -out server.csr" + NEW);
        openssl(
                "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
                        + " -extfile extensions -out server.pem");
    }

    private void openssl(String arguments) throws Exception {
        Process process =
                new ProcessBuilder(("openssl " + arguments).split(" "))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("openssl failed, see " + folder.resolve("log"));
        }
    }
}
