package dev.alig.conformance.cluster;

import dev.alig.python.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;

/**
 * Runs a job on an executor, as a child process with the executor's JDK. The child may end as it
 * likes: the task succeeds, so that Spark does not run it again. If the task is killed or the
 * executor ends, so does the child.
 */
final class JobRun implements Function<Job, Answer> {
  private static final long serialVersionUID = 1;

  @Override
  public Answer call(Job job) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("alig-");
    try {
      job.given().unpack(folder);
      Path log = DriverProtocol.log(folder, job.name());
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process child =
          new ProcessBuilder(command(job, folder))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      child.getOutputStream().close();
      int status = ChildProcess.attend(child, ChildProcess::kill, child::waitFor);
      return new Answer(host(), status, PackedFolder.of(folder, Path.of("")));
    } finally {
      PackedFolder.delete(folder);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  private static List<String> command(Job job, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(ChildProcess.parentSwitch());
    job.arguments().stream()
        .map(argument -> argument.replace(DriverProtocol.FOLDER, folder.toString()))
        .forEach(command::add);
    return command;
  }
}
