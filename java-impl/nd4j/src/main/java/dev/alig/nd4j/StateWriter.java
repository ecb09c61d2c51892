package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.Settings;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** Writes the format that {@link AliG#save} documents. */
final class StateWriter<A> {
  static final int MAGIC = 0x414C4947;
  static final int VERSION = 2;
  static final int VERSION_BEFORE_WIDE_NORM = 1;

  private final Storage<A> storage;
  private final CheckedOutputStream checked;
  private final DataOutputStream out;

  StateWriter(Storage<A> storage, OutputStream out) {
    this.storage = storage;
    this.checked = new CheckedOutputStream(out, new CRC32());
    this.out = new DataOutputStream(checked);
  }

  void write(State state) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(storage.type().name());
    write(state.settings());
    out.writeLong(state.stepCount());
    out.writeInt(state.groups().size());
    for (State.GroupState group : state.groups()) {
      write(group);
    }
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  private void write(Settings settings) throws IOException {
    out.writeDouble(settings.eps());
    out.writeUTF(settings.momentumForm().name());
    out.writeDouble(settings.ball().radius());
    out.writeDouble(settings.lowerBound());
    out.writeUTF(settings.negativeLoss().name());
    out.writeUTF(settings.nonFinite().name());
    out.writeBoolean(settings.wideNorm());
  }

  private void write(State.GroupState group) throws IOException {
    GroupSettings settings = group.settings();
    out.writeDouble(settings.maxLearningRate());
    out.writeDouble(settings.momentum());
    out.writeInt(group.momenta().size());
    for (State.Momentum momentum : group.momenta()) {
      out.writeInt(momentum.shape().size());
      for (long size : momentum.shape()) {
        out.writeLong(size);
      }
      out.writeBoolean(momentum.values().isPresent());
      if (momentum.values().isPresent()) {
        storage.write(storage.read(momentum.values().get()), out);
      }
    }
  }
}
