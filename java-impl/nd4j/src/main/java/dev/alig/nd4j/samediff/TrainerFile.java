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
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;

/**
 * Saves a trainer in a zip file with three entries: the graph in SameDiff's format, the names and
 * counts, and the optimizer's state.
 */
final class TrainerFile {
  private static final String GRAPH = "graph.fb";
  private static final String TRAINER = "trainer";
  private static final String OPTIMIZER = "optimizer";
  private static final int FORMAT = 1;

  private TrainerFile() {}

  /**
   * Writes a temporary file first, so that an existing file is replaced completely or not at all.
   */
  static void write(Path file, SameDiffTrainer trainer, Placeholders placeholders)
      throws IOException {
    requireRemembered(trainer.graph());
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

  /**
   * SameDiff's format does not store the bias correction of a variance, so a restored graph would
   * have another loss.
   */
  private static void requireRemembered(SameDiff graph) throws IOException {
    for (SameDiffOp op : graph.getOps().values()) {
      if (op.getOp().getClass() == Variance.class && !((Variance) op.getOp()).isBiasCorrected()) {
        throw new IOException(
            "SameDiff's format does not store that the variance %s is not corrected for its bias;"
                    .formatted(op.getOutputsOfOp())
                + " replace it by mean(square(x - mean(x)))");
      }
    }
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
      throw new IOException(file + " is not a file of a SameDiffTrainer: " + e.getMessage(), e);
    }
  }

  private static SameDiffTrainer read(byte[] graph, byte[] trainer, byte[] optimizer)
      throws IOException {
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(trainer));
    int format = data.readInt();
    if (format != FORMAT) {
      throw new IOException(
          "the trainer was saved in format %d, but this version reads format %d; use the version that saved it"
              .formatted(format, FORMAT));
    }
    int iteration = data.readInt();
    int epoch = data.readInt();
    SameDiffTrainerBuilder builder =
        SameDiffTrainer.builder(SameDiff.fromFlatBuffers(ByteBuffer.wrap(graph), false));
    int groups = data.readInt();
    for (int i = 0; i < groups; i++) {
      // The optimizer's state contains the settings.
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
          "%s is not a file of a SameDiffTrainer: it has no entry %s".formatted(file, name));
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
