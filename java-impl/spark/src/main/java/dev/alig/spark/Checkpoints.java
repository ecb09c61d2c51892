package dev.alig.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Saves a run every few steps. The file is one of DL4J's, with the network and the updater's state,
 * and with the position and the circumstances of the run as an object of its own.
 *
 * @param folder where the file is
 * @param everySteps after how many steps it is written again
 */
record Checkpoints(Path folder, int everySteps) {
  static final String OBJECT = "alig-spark";

  Checkpoints {
    Options.requirePositive("everySteps", everySteps);
  }

  Path file() {
    return folder.resolve("checkpoint.zip");
  }

  /** Writes the file anew. A reader sees the old file or the new one, also after a crash. */
  void write(Network network, Map<String, String> facts) {
    Path draft = folder.resolve("checkpoint.zip.part");
    try {
      Files.createDirectories(folder);
      ModelSerializer.writeModel(network.model(), draft.toFile(), true);
      ModelSerializer.addObjectToFile(draft.toFile(), OBJECT, new TreeMap<>(facts));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          draft, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + file(), e);
    }
  }

  /** What a run left behind. */
  record Saved(Network network, Map<String, String> facts) {}

  /** The saved run, if there is one. */
  Optional<Saved> read(Network alike) {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    try {
      Map<String, String> facts = ModelSerializer.getObjectFromFile(file().toFile(), OBJECT);
      return Optional.of(new Saved(alike.restore(file().toFile()), facts));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "cannot read the checkpoint %s: %s; remove it to start anew".formatted(file(), e), e);
    }
  }
}
