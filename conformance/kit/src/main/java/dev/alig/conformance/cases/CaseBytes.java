package dev.alig.conformance.cases;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * Cases as bytes, with which a process tells another one which case it is running.
 *
 * <p>Unlike a trace file this takes microseconds and keeps the payload of a NaN. Both sides must
 * have the same version of the kit.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CaseBytes {
  private CaseBytes() {}

  /** Reads one thing. */
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** Writes one thing. */
  private interface Writer<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  /** Writes a case. */
  public static void write(StepCase scripted, DataOutputStream out) throws IOException {
    out.writeUTF(scripted.id());
    out.writeUTF(scripted.dtype().name());
    writeDouble(scripted.eps(), out);
    out.writeUTF(scripted.form().name());
    writeOptional(scripted.radius(), out);
    writeList(scripted.groups(), CaseBytes::writeGroup, out);
    writeList(scripted.steps(), CaseBytes::writeStep, out);
    writeOptional(scripted.resumed(), CaseBytes::writeState, out);
  }

  /** Reads what {@link #write} wrote. */
  public static StepCase read(DataInputStream in) throws IOException {
    return new StepCase(
        in.readUTF(),
        DType.valueOf(in.readUTF()),
        readDouble(in),
        MomentumForm.valueOf(in.readUTF()),
        readOptional(in),
        readList(CaseBytes::readGroup, in),
        readList(CaseBytes::readStep, in),
        readOptional(CaseBytes::readState, in));
  }

  private static void writeGroup(Group group, DataOutputStream out) throws IOException {
    writeOptional(group.maxLearningRate(), out);
    writeDouble(group.momentum(), out);
    writeList(group.parameters(), CaseBytes::writeTensor, out);
  }

  private static Group readGroup(DataInputStream in) throws IOException {
    return new Group(readOptional(in), readDouble(in), readList(CaseBytes::readTensor, in));
  }

  private static void writeStep(Step step, DataOutputStream out) throws IOException {
    writeDouble(step.loss(), out);
    out.writeUTF(step.lossKind().name());
    writeOptionals(step.gradients(), out);
  }

  private static Step readStep(DataInputStream in) throws IOException {
    return new Step(readDouble(in), LossKind.valueOf(in.readUTF()), readOptionals(in));
  }

  private static void writeState(State state, DataOutputStream out) throws IOException {
    writeList(state.parameters(), (group, to) -> writeList(group, CaseBytes::writeTensor, to), out);
    writeOptionals(state.buffers(), out);
  }

  private static State readState(DataInputStream in) throws IOException {
    return new State(
        readList(from -> readList(CaseBytes::readTensor, from), in), readOptionals(in));
  }

  private static void writeOptionals(List<List<Optional<Tensor>>> groups, DataOutputStream out)
      throws IOException {
    Writer<Optional<Tensor>> one = (t, to) -> writeOptional(t, CaseBytes::writeTensor, to);
    writeList(groups, (group, to) -> writeList(group, one, to), out);
  }

  private static List<List<Optional<Tensor>>> readOptionals(DataInputStream in) throws IOException {
    Reader<Optional<Tensor>> one = from -> readOptional(CaseBytes::readTensor, from);
    return readList(from -> readList(one, from), in);
  }

  private static void writeTensor(Tensor tensor, DataOutputStream out) throws IOException {
    writeList(tensor.shape(), (length, to) -> to.writeInt(length), out);
    for (int e = 0; e < tensor.size(); e++) {
      writeDouble(tensor.get(e), out);
    }
  }

  private static Tensor readTensor(DataInputStream in) throws IOException {
    List<Integer> shape = readList(DataInputStream::readInt, in);
    double[] values = new double[Tensor.size(shape)];
    for (int e = 0; e < values.length; e++) {
      values[e] = readDouble(in);
    }
    return Tensor.of(shape, values);
  }

  private static <T> void writeList(List<T> list, Writer<T> writer, DataOutputStream out)
      throws IOException {
    out.writeInt(list.size());
    for (T element : list) {
      writer.write(element, out);
    }
  }

  private static <T> List<T> readList(Reader<T> reader, DataInputStream in) throws IOException {
    List<T> list = new ArrayList<>();
    for (int count = in.readInt(); list.size() < count; ) {
      list.add(reader.read(in));
    }
    return list;
  }

  private static <T> void writeOptional(Optional<T> value, Writer<T> writer, DataOutputStream out)
      throws IOException {
    writeList(value.stream().toList(), writer, out);
  }

  private static <T> Optional<T> readOptional(Reader<T> reader, DataInputStream in)
      throws IOException {
    return readList(reader, in).stream().findFirst();
  }

  private static void writeOptional(OptionalDouble value, DataOutputStream out) throws IOException {
    writeList(value.stream().boxed().toList(), CaseBytes::writeDouble, out);
  }

  private static OptionalDouble readOptional(DataInputStream in) throws IOException {
    return readList(CaseBytes::readDouble, in).stream().mapToDouble(x -> x).findFirst();
  }

  /** The raw bits; {@link DataOutputStream#writeDouble} loses the payload of a NaN. */
  private static void writeDouble(double value, DataOutputStream out) throws IOException {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  private static double readDouble(DataInputStream in) throws IOException {
    return Double.longBitsToDouble(in.readLong());
  }
}
