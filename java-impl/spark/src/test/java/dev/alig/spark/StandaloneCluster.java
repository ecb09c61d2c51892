package dev.alig.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Spark cluster of three processes on this machine: a master, and workers on 127.0.0.1 and
 * 127.0.0.2, since Spark runs a second copy of a slow task on another host only. Everything that it
 * started ends with it, and with this process.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Path sparkHome;
  private final int port;
  private final List<Process> processes = new ArrayList<>();
  private final Thread hook = new Thread(this::destroyAll);

  /**
   * Starts the cluster.
   *
   * @param folder for logs and files
   * @param ofSecond the environment of the second worker and its executors, beside this process's
   */
  StandaloneCluster(Path folder, Path sparkHome, Map<String, String> ofSecond)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.sparkHome = sparkHome;
    Runtime.getRuntime().addShutdownHook(hook);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    start(
        "master",
        "org.apache.spark.deploy.master.Master",
        List.of("--host", HOST, "--port", Integer.toString(port), "--webui-port", "0"),
        Map.of());
    awaitMaster();
    startWorker(HOST, Map.of());
    startWorker("127.0.0.2", ofSecond);
  }

  private void startWorker(String host, Map<String, String> environment) throws IOException {
    String name = "worker-" + host;
    start(
        name,
        "org.apache.spark.deploy.worker.Worker",
        List.of(
            url(),
            "--host",
            host,
            "--cores",
            "1",
            "--memory",
            "3g",
            "--webui-port",
            "0",
            "--work-dir",
            folder.resolve(name).toString()),
        environment);
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** Starts a Java program of this class path; its messages go to a file. */
  Process start(String name, String mainClass, List<String> arguments, Map<String, String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dalig.log=warn",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(more);
    environment.put("SPARK_HOME", sparkHome.toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    File log = folder.resolve(name + ".log").toFile();
    Process process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    processes.add(process);
    return process;
  }

  private void awaitMaster() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > end || !processes.get(0).isAlive()) {
          throw new IOException(
              "the master does not answer at %s; see %s"
                  .formatted(url(), folder.resolve("master.log")),
              notYet);
        }
        Thread.sleep(100);
      }
    }
  }

  /** The processes of the executors. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(process -> process.descendants())
        .filter(Sparks::isExecutor)
        .toList();
  }

  private void destroyAll() {
    List<ProcessHandle> all =
        processes.stream()
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  @Override
  public void close() {
    destroyAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** Deletes a folder and all in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
