package io.kline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.config.RedisTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A certificate authority of its own and a server that it knows by address alone: {@code 127.0.0.1}
 * is right, {@code localhost} is the wrong host.
 *
 * @param ca certificate of the authority, PEM
 * @param certificate of the server, PEM
 * @param key of the server, PEM
 * @param keyStore both, PKCS12 with {@link #PASSWORD}
 */
public record PrivateCa(Path ca, Path certificate, Path key, Path keyStore) {

    public static final String PASSWORD = "not-a-secret";

    /** Makes the files below a folder. */
    public static PrivateCa in(Path folder) throws Exception {
        Path keyStore = folder.resolve("server.p12");
        pair(keyStore, "ca", "-ext", "bc:c");
        pair(keyStore, "server", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Path ca = pem(folder, "ca.pem", "CERTIFICATE", store.getCertificate("ca").getEncoded());
        Path certificate =
                pem(
                        folder,
                        "server.pem",
                        "CERTIFICATE",
                        store.getCertificate("server").getEncoded());
        Path key = pem(folder, "server-key.pem", "PRIVATE KEY", key(store));
        // Servers take the one key that they find.
        keytool("-delete", "-alias", "ca", "-keystore", keyStore.toString());
        return new PrivateCa(ca, certificate, key, keyStore);
    }

    /** Makes the files below {@code target}. */
    public static PrivateCa create() throws Exception {
        return in(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tls"));
    }

    /** What a client of Redis trusts. */
    public RedisTls trust(boolean verifyHost) throws IOException {
        return new RedisTls(true, Files.readString(ca), verifyHost);
    }

    /** Options of a Redis that speaks TLS on a port, to other servers as well. */
    List<String> redisOptions(int port) {
        return List.of(
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                ca.toString(),
                "--tls-auth-clients",
                "no",
                "--tls-replication",
                "yes",
                "--tls-cluster",
                "yes");
    }

    /** Makes a trust store with the command that {@code docs/operations.md} has for it. */
    public Path trustStore() throws Exception {
        Path store = ca.resolveSibling("truststore.p12");
        String command =
                Documented.lines("keytool -importcert ").stream()
                        .reduce((a, b) -> null)
                        .orElseThrow()
                        .replace("ca.pem", ca.toString())
                        .replace("truststore.p12", store.toString());
        run(List.of(command.split(" ")));
        return store;
    }

    private static byte[] key(KeyStore store) throws GeneralSecurityException {
        return store.getKey("server", PASSWORD.toCharArray()).getEncoded();
    }

    private static Path pem(Path folder, String name, String type, byte[] bytes)
            throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(bytes);
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
    }

    private static void pair(Path keyStore, String alias, String... more) throws Exception {
        // Another authority has another name: else the error is that of a forged signature.
        String name = "CN=Kline test " + alias + " " + UUID.randomUUID();
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", name));
        arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        arguments.addAll(List.of("-keystore", keyStore.toString()));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("keytool", "-J-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        run(command);
    }

    private static void run(List<String> command) throws Exception {
        List<String> whole = new ArrayList<>(command);
        whole.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", whole) + ": " + output);
        }
    }
}
