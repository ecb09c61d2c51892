package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.LearningRateSchedule;
import dev.alig.MomentumForm;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads what {@link StateWriter} writes, and checks that it fits the optimizer. */
final class StateReader<A> {
  private final Storage<A> storage;
  private final CheckedInputStream checked;
  private final DataInputStream in;

  StateReader(Storage<A> storage, InputStream in) {
    this.storage = storage;
    this.checked = new CheckedInputStream(in, new CRC32());
    this.in = new DataInputStream(checked);
  }

  /**
   * Reads a whole state.
   *
   * @param schedule the schedule for the settings, because states do not contain it
   * @param present the optimizer's groups, whose number and shapes must match
   */
  State read(LearningRateSchedule schedule, List<State.GroupState> present) throws IOException {
    try {
      return readAll(schedule, present);
    } catch (EOFException e) {
      throw new StateException(
          "the saved state ends early, so its file was cut off; use another copy, or save it again",
          e);
    } catch (IllegalArgumentException | UTFDataFormatException e) {
      throw new StateException("the saved state is damaged: " + e.getMessage(), e);
    }
  }

  private State readAll(LearningRateSchedule schedule, List<State.GroupState> present)
      throws IOException {
    if (in.readInt() != StateWriter.MAGIC) {
      throw new StateException(
          "not a saved ALI-G state: it must start with the bytes \"ALIG\"; load what save() wrote");
    }
    int version = in.readInt();
    if (version != StateWriter.VERSION_BEFORE_WIDE_NORM) {
      requireEqual("format version", StateWriter.VERSION, version);
    }
    requireEqual("data type", storage.type().name(), in.readUTF());
    Settings settings = readSettings(schedule, version);
    long stepCount = in.readLong();
    requireEqual("number of groups", present.size(), in.readInt());
    List<State.GroupState> groups = new ArrayList<>();
    for (int i = 0; i < present.size(); i++) {
      groups.add(readGroup(i, present.get(i)));
    }
    int checksum = (int) checked.getChecksum().getValue();
    if (in.readInt() != checksum) {
      throw new StateException(
          "the saved state is damaged: its checksum does not match; use another copy, or save it again");
    }
    return new State(settings, stepCount, groups);
  }

  private Settings readSettings(LearningRateSchedule schedule, int version) throws IOException {
    return Settings.builder()
        .eps(in.readDouble())
        .momentumForm(MomentumForm.valueOf(in.readUTF()))
        .ball(new L2Ball(in.readDouble()))
        .lowerBound(in.readDouble())
        .negativeLoss(NegativeLoss.valueOf(in.readUTF()))
        .nonFinite(NonFinite.valueOf(in.readUTF()))
        .wideNorm(version == StateWriter.VERSION && in.readBoolean())
        .schedule(schedule)
        .build();
  }

  private State.GroupState readGroup(int index, State.GroupState present) throws IOException {
    GroupSettings settings = new GroupSettings(in.readDouble(), in.readDouble());
    int count = present.momenta().size();
    requireEqual("number of parameters of group " + index, count, in.readInt());
    List<State.Momentum> momenta = new ArrayList<>();
    for (State.Momentum momentum : present.momenta()) {
      momenta.add(readMomentum(momentum));
    }
    return new State.GroupState(settings, momenta);
  }

  private State.Momentum readMomentum(State.Momentum present) throws IOException {
    requireEqual("rank of " + present.name(), present.shape().size(), in.readInt());
    List<Long> shape = new ArrayList<>();
    while (shape.size() < present.shape().size()) {
      shape.add(in.readLong());
    }
    requireEqual("shape of " + present.name(), present.shape(), shape);
    Optional<INDArray> values = Optional.empty();
    if (in.readBoolean()) {
      A read = storage.zeros(present.length());
      storage.read(in, read);
      long[] lengths = shape.stream().mapToLong(Long::longValue).toArray();
      values = Optional.of(storage.newArray(read, lengths));
    }
    return present.with(values);
  }

  private static void requireEqual(String what, Object expected, Object saved)
      throws StateException {
    if (!expected.equals(saved)) {
      throw new StateException(
          "the saved state does not fit this optimizer: "
              + what
              + " is "
              + saved
              + " in the state and "
              + expected
              + " in the optimizer; build the optimizer like the one that was saved");
    }
  }
}
