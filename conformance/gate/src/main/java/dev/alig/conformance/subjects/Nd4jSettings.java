package dev.alig.conformance.subjects;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The settings of ND4J that all its users in a thread share.
 *
 * @param type the default type of arrays
 * @param workspace the current workspace
 * @param random the state of the random generator
 */
record Nd4jSettings(DataType type, Optional<String> workspace, Drawn random) {
  /** The two halves of the state of the random generator. */
  record Drawn(long root, long node) {}

  /** The current settings. */
  static Nd4jSettings now() {
    Random random = Nd4j.getRandom();
    return new Nd4jSettings(
        Nd4j.dataType(),
        Optional.ofNullable(Nd4j.getMemoryManager().getCurrentWorkspace())
            .map(MemoryWorkspace::getId),
        new Drawn(random.rootState(), random.nodeState()));
  }
}
