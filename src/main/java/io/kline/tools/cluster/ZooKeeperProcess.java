package io.kline.tools.cluster;

import io.kline.tools.stack.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One ZooKeeper server: who leads among the JobManagers, and where the newest checkpoints are. It
 * is the one that Flink's own jars bring along for trials. In production there are three, of
 * ZooKeeper's own distribution.
 */
final class ZooKeeperProcess extends FlinkProcess {

    private static final int TIMEOUT_MILLIS = 1_000;

    ZooKeeperProcess(ClusterConfig config) {
        super("zookeeper", config.zooKeeperPort(), config);
    }

    @Override
    List<String> memory() {
        return List.of("-Xmx128m", "-XX:+UseSerialGC");
    }

    @Override
    List<String> main() throws IOException {
        Path file = home().resolve("zoo.cfg");
        Files.createDirectories(home());
        Files.write(
                file,
                List.of(
                        "dataDir=" + data(),
                        "clientPort=" + port(),
                        "clientPortAddress=" + Ports.LOOPBACK,
                        "tickTime=500",
                        // Without it 20 ticks are the longest session a client gets.
                        "maxSessionTimeout=120000",
                        "maxClientCnxns=100",
                        "admin.enableServer=false",
                        "4lw.commands.whitelist=srvr",
                        "server.1=localhost:2888:3888"));
        return List.of(
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                "--zkConfigFile",
                file.toString(),
                "--peerId",
                "1");
    }

    @Override
    protected boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write("srvr".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).contains("Mode:");
        } catch (IOException notYet) {
            return false;
        }
    }
}
