package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Cases as bytes, for one process to tell another which case it is at.
 *
 * <p>Unlike a trace file this costs microseconds and keeps the payload of a NaN; it is meant for
 * the same version of the kit on both sides, and not for keeping.
 */
public final class CaseBytes {
  private CaseBytes() {}

  /** Writes a case. */
  public static void write(Scripted scripted, DataOutputStream out) throws IOException {
    out.writeUTF(scripted.id());
    out.writeUTF(scripted.dtype().name());
    writeDouble(scripted.eps(), out);
    out.writeUTF(scripted.form().name());
    writeOptional(scripted.radius(), out);
    out.writeInt(scripted.groups().size());
    for (Group group : scripted.groups()) {
      writeOptional(group.maxLearningRate(), out);
      writeDouble(group.momentum(), out);
      writeTensors(group.parameters(), out);
    }
    out.writeInt(scripted.steps().size());
    for (Step step : scripted.steps()) {
      writeDouble(step.loss(), out);
      out.writeUTF(step.lossKind().name());
      writeOptionals(step.gradients(), out);
    }
    out.writeBoolean(scripted.resumed().isPresent());
    if (scripted.resumed().isPresent()) {
      State state = scripted.resumed().get();
      for (List<Tensor> group : state.parameters()) {
        writeTensors(group, out);
      }
      writeOptionals(state.buffers(), out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Scripted read(DataInputStream in) throws IOException {
    String id = in.readUTF();
    DType dtype = DType.valueOf(in.readUTF());
    double eps = readDouble(in);
    MomentumForm form = MomentumForm.valueOf(in.readUTF());
    OptionalDouble radius = readOptional(in);
    List<Group> groups = new ArrayList<>();
    for (int count = in.readInt(); groups.size() < count; ) {
      groups.add(new Group(readOptional(in), readDouble(in), readTensors(in)));
    }
    List<Step> steps = new ArrayList<>();
    for (int count = in.readInt(); steps.size() < count; ) {
      double loss = readDouble(in);
      steps.add(new Step(loss, LossKind.valueOf(in.readUTF()), readOptionals(groups, in)));
    }
    Optional<State> resumed =
        in.readBoolean() ? Optional.of(readState(groups, in)) : Optional.empty();
    return new Scripted(id, dtype, eps, form, radius, groups, steps, resumed);
  }

  private static State readState(List<Group> groups, DataInputStream in) throws IOException {
    List<List<Tensor>> parameters = new ArrayList<>();
    while (parameters.size() < groups.size()) {
      parameters.add(readTensors(in));
    }
    return new State(parameters, readOptionals(groups, in));
  }

  private static void writeTensors(List<Tensor> tensors, DataOutputStream out) throws IOException {
    out.writeInt(tensors.size());
    for (Tensor tensor : tensors) {
      writeTensor(tensor, out);
    }
  }

  private static List<Tensor> readTensors(DataInputStream in) throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (int count = in.readInt(); tensors.size() < count; ) {
      tensors.add(readTensor(in));
    }
    return tensors;
  }

  /** As many as there are parameters, so that no count is needed. */
  private static void writeOptionals(List<List<Optional<Tensor>>> groups, DataOutputStream out)
      throws IOException {
    for (List<Optional<Tensor>> group : groups) {
      for (Optional<Tensor> tensor : group) {
        out.writeBoolean(tensor.isPresent());
        if (tensor.isPresent()) {
          writeTensor(tensor.get(), out);
        }
      }
    }
  }

  private static List<List<Optional<Tensor>>> readOptionals(List<Group> groups, DataInputStream in)
      throws IOException {
    List<List<Optional<Tensor>>> all = new ArrayList<>();
    for (Group group : groups) {
      List<Optional<Tensor>> ofGroup = new ArrayList<>();
      while (ofGroup.size() < group.parameters().size()) {
        ofGroup.add(in.readBoolean() ? Optional.of(readTensor(in)) : Optional.empty());
      }
      all.add(ofGroup);
    }
    return all;
  }

  private static void writeTensor(Tensor tensor, DataOutputStream out) throws IOException {
    out.writeInt(tensor.shape().size());
    for (int length : tensor.shape()) {
      out.writeInt(length);
    }
    for (int e = 0; e < tensor.size(); e++) {
      writeDouble(tensor.get(e), out);
    }
  }

  private static Tensor readTensor(DataInputStream in) throws IOException {
    List<Integer> shape = new ArrayList<>();
    for (int count = in.readInt(); shape.size() < count; ) {
      shape.add(in.readInt());
    }
    double[] values = new double[Tensor.size(shape)];
    for (int e = 0; e < values.length; e++) {
      values[e] = readDouble(in);
    }
    return Tensor.of(shape, values);
  }

  private static void writeOptional(OptionalDouble value, DataOutputStream out) throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      writeDouble(value.getAsDouble(), out);
    }
  }

  private static OptionalDouble readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? OptionalDouble.of(readDouble(in)) : OptionalDouble.empty();
  }

  /** The raw bits; {@link DataOutputStream#writeDouble} loses the payload of a NaN. */
  private static void writeDouble(double value, DataOutputStream out) throws IOException {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  private static double readDouble(DataInputStream in) throws IOException {
    return Double.longBitsToDouble(in.readLong());
  }
}
