package dev.alig.conformance.torch;

import dev.alig.MomentumForm;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.torch.BridgeFormat.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Cases without steps and without a ball, which an oracle must return unchanged. */
record BridgeCases(Implementation oracle) {
  private static final int MAX_GROUPS = 3;
  private static final int MAX_TENSORS = 3;

  /** Runs a case that is drawn from the seed; returns how many numbers it compared. */
  long check(long seed) {
    StepCase scripted = draw(new SplittableRandom(seed));
    Trace trace = oracle.run(scripted);
    State expected = scripted.resumed().orElseGet(() -> initial(scripted));
    State actual = trace.constructed();
    long compared = 0;
    for (int g = 0; g < scripted.groups().size(); g++) {
      for (int i = 0; i < scripted.groups().get(g).parameters().size(); i++) {
        String where = "parameter %d of group %d".formatted(i, g);
        Tensor parameter = expected.parameters().get(g).get(i);
        compared += compare(where, scripted, parameter, actual.parameters().get(g).get(i));
        Optional<Tensor> buffer = expected.buffers().get(g).get(i);
        Optional<Tensor> found = actual.buffers().get(g).get(i);
        if (buffer.isPresent() && found.isPresent()) {
          compared += compare("the buffer of " + where, scripted, buffer.get(), found.get());
        }
      }
    }
    return compared;
  }

  private static long compare(String where, StepCase scripted, Tensor expected, Tensor actual) {
    for (int e = 0; e < expected.size(); e++) {
      long before = Double.doubleToRawLongBits(expected.get(e));
      long after = Double.doubleToRawLongBits(actual.get(e));
      if (before != after) {
        throw new OracleException(
            "a case without steps changes numbers: [%d] of %s, %s%s, was 0x%016x and came back as"
                    .formatted(e, where, scripted.dtype().torchName(), expected.shape(), before)
                + " 0x%016x (as doubles)".formatted(after));
      }
    }
    return expected.size();
  }

  private static State initial(StepCase scripted) {
    List<List<Tensor>> parameters = scripted.groups().stream().map(Group::parameters).toList();
    return new State(
        parameters,
        scripted.groups().stream()
            .map(group -> buffers(group, tensor -> Tensor.zeros(tensor.shape())))
            .toList());
  }

  private static List<Optional<Tensor>> buffers(Group group, UnaryOperator<Tensor> buffer) {
    return group.parameters().stream()
        .map(tensor -> Optional.of(tensor).filter(t -> group.hasBuffers()).map(buffer))
        .toList();
  }

  static StepCase draw(SplittableRandom random) {
    DType dtype = BridgeDraw.pick(DType.values(), random);
    List<Group> groups = new ArrayList<>();
    int count = random.nextInt(1, MAX_GROUPS + 1);
    for (int g = 0; g < count; g++) {
      double momentum = random.nextBoolean() ? 0.9 : 0;
      groups.add(new Group(OptionalDouble.empty(), momentum, tensors(dtype, random)));
    }
    return new StepCase(
        "bridge",
        dtype,
        1e-5,
        BridgeDraw.pick(MomentumForm.values(), random),
        OptionalDouble.empty(),
        groups,
        List.of(),
        random.nextBoolean() ? Optional.of(resumed(dtype, groups, random)) : Optional.empty());
  }

  private static State resumed(DType dtype, List<Group> groups, SplittableRandom random) {
    return new State(
        groups.stream()
            .map(g -> g.parameters().stream().map(t -> tensor(dtype, t.shape(), random)).toList())
            .toList(),
        groups.stream()
            .map(g -> buffers(g, tensor -> tensor(dtype, tensor.shape(), random)))
            .toList());
  }

  private static List<Tensor> tensors(DType dtype, SplittableRandom random) {
    List<Tensor> tensors = new ArrayList<>();
    int count = random.nextInt(1, MAX_TENSORS + 1);
    for (int i = 0; i < count; i++) {
      tensors.add(tensor(dtype, BridgeDraw.shape(random), random));
    }
    return tensors;
  }

  private static Tensor tensor(DType dtype, List<Integer> shape, SplittableRandom random) {
    BridgeFormat format = dtype == DType.FLOAT ? BridgeFormat.FLOAT32 : BridgeFormat.FLOAT64;
    double[] values = new double[Tensor.size(shape)];
    for (int e = 0; e < values.length; e++) {
      long bits = format.draw(BridgeDraw.pick(Kind.values(), random), random);
      values[e] = dtype == DType.FLOAT ? Elements.widen((int) bits) : Double.longBitsToDouble(bits);
    }
    return Tensor.of(shape, values);
  }
}
