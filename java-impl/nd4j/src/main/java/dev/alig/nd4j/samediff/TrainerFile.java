package dev.alig.nd4j.samediff;

import dev.alig.GroupSettings;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A trainer in a zip file of three entries: the graph in SameDiff's own format, the names and
 * counts, and the optimizer's state.
 */
final class TrainerFile {
  private static final String GRAPH = "graph.fb";
  private static final String TRAINER = "trainer";
  private static final String OPTIMIZER = "optimizer";
  private static final int FORMAT = 1;

  private TrainerFile() {}

  /** Writes beside the file first, so that one that is there is replaced as a whole or not. */
  static void write(Path file, SameDiffTrainer trainer, Placeholders placeholders)
      throws IOException {
    Path absolute = file.toAbsolutePath();
    Path unfinished = Files.createTempFile(absolute.getParent(), "trainer", ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        write(out, trainer, placeholders);
      }
      Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void write(OutputStream out, SameDiffTrainer trainer, Placeholders placeholders)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry(GRAPH));
    writeAll(zip, trainer.graph().asFlatBuffers(false));
    zip.putNextEntry(new ZipEntry(TRAINER));
    DataOutputStream data = new DataOutputStream(zip);
    data.writeInt(FORMAT);
    data.writeInt(trainer.iteration());
    data.writeInt(trainer.epoch());
    data.writeInt(trainer.groups().size());
    for (List<String> names : trainer.groups()) {
      writeNames(data, names);
    }
    writeNames(data, placeholders.features());
    writeNames(data, placeholders.labels());
    writeNames(data, placeholders.featureMasks());
    writeNames(data, placeholders.labelMasks());
    data.flush();
    zip.putNextEntry(new ZipEntry(OPTIMIZER));
    trainer.optimizer().save(zip);
    zip.finish();
  }

  private static void writeAll(OutputStream out, ByteBuffer bytes) throws IOException {
    Channels.newChannel(out).write(bytes);
  }

  private static void writeNames(DataOutputStream out, List<String> names) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
  }

  static SameDiffTrainer read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] graph = entry(zip, file, GRAPH);
      byte[] trainer = entry(zip, file, TRAINER);
      byte[] optimizer = entry(zip, file, OPTIMIZER);
      return read(graph, trainer, optimizer);
    } catch (ZipException e) {
      throw new IOException(file + " is no file of a SameDiffTrainer: " + e.getMessage(), e);
    }
  }

  private static SameDiffTrainer read(byte[] graph, byte[] trainer, byte[] optimizer)
      throws IOException {
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(trainer));
    int format = data.readInt();
    if (format != FORMAT) {
      throw new IOException(
          "the trainer was saved in format %d, and this version reads format %d"
              .formatted(format, FORMAT));
    }
    int iteration = data.readInt();
    int epoch = data.readInt();
    SameDiffTrainerBuilder builder =
        SameDiffTrainer.builder(SameDiff.fromFlatBuffers(ByteBuffer.wrap(graph), false));
    int groups = data.readInt();
    for (int i = 0; i < groups; i++) {
      // The optimizer's state brings the settings.
      List<String> names = readNames(data);
      builder.group(new GroupSettings(GroupSettings.UNCAPPED, 0), names.toArray(String[]::new));
    }
    builder.resuming(
        new Placeholders(readNames(data), readNames(data), readNames(data), readNames(data)));
    SameDiffTrainer restored = builder.build();
    restored.optimizer().load(new ByteArrayInputStream(optimizer));
    restored.resumeAt(iteration, epoch);
    return restored;
  }

  private static byte[] entry(ZipFile zip, Path file, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(
          "%s is no file of a SameDiffTrainer: it has no entry %s".formatted(file, name));
    }
    return zip.getInputStream(entry).readAllBytes();
  }

  private static List<String> readNames(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      names.add(in.readUTF());
    }
    return names;
  }
}
