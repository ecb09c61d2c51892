package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.tensorflow.OpSlope.Kind;
import dev.alig.tensorflow.OpSlopeProcess.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.OpDef;

/** Every operation of TensorFlow that has a gradient, measured. */
@Execution(ExecutionMode.CONCURRENT)
class GradientTableTest {
  /** Operations that are not measured, and why that is right. */
  private static final Map<String, String> NOT_MEASURED =
      Map.of(
          "EditDistance", "its output counts edits, so that its derivative is 0",
          "PartitionedCall", "what a function does is measured by verifySlope",
          "StatefulPartitionedCall", "what a function does is measured by verifySlope",
          "QuantizeAndDequantize", "TensorFlow has removed it, so that no graph can have it",
          "RefIdentity", "it takes variables alone, and is tested in SlopeCheckTest",
          "StackPush", "it passes on its input without gradient, and is refused always");

  private static final Set<DataType> DIFFERENTIABLE =
      Set.of(
          DataType.DT_FLOAT,
          DataType.DT_DOUBLE,
          DataType.DT_HALF,
          DataType.DT_BFLOAT16,
          DataType.DT_COMPLEX64,
          DataType.DT_COMPLEX128);

  private static final List<Measured> ALL = new ArrayList<>();

  @BeforeAll
  static void measure() throws IOException, InterruptedException {
    ALL.addAll(OpSlopeProcess.all(false));
    ALL.addAll(OpSlopeProcess.all(true));
    Files.writeString(Path.of("target", "gradients-of-tensorflow.txt"), table());
  }

  /** StopGradient is asked to be no slope. */
  private static List<Measured> ofKind(Kind... kinds) {
    return ALL.stream()
        .filter(measured -> Set.of(kinds).contains(measured.outcome().kind()))
        .filter(measured -> !measured.opCase().op().equals("StopGradient"))
        .toList();
  }

  @Test
  void everyOperationThatHasAGradientIsMeasured() {
    Set<String> measured = ALL.stream().map(m -> m.opCase().op()).collect(Collectors.toSet());
    List<String> left =
        TensorFlow.registeredOpList().getOpList().stream()
            .filter(op -> tensorflow.TFJ_HasGradient(op.getName()))
            .filter(GradientTableTest::isDifferentiable)
            .map(OpDef::getName)
            .filter(name -> !measured.contains(name) && !NOT_MEASURED.containsKey(name))
            .filter(name -> !SlopeCheckTest.REGISTERED.contains(name))
            .toList();
    assertThat(left).isEmpty();
  }

  @Test
  void noGradientThatIsWrongIsAccepted() {
    assertThat(ofKind(Kind.WRONG)).hasSizeGreaterThan(20).allMatch(Measured::isRefused);
  }

  @Test
  void nothingThatEndsTheProcessIsAccepted() {
    assertThat(ofKind(Kind.CRASHES)).hasSizeGreaterThan(4).allMatch(Measured::isRefused);
  }

  /** What it holds is chance, so that no slope of it is evidence. */
  @Test
  void noWorkingMemoryIsAccepted() {
    assertThat(ofKind(Kind.UNWRITTEN)).hasSizeGreaterThan(20).allMatch(Measured::isRefused);
  }

  @Test
  void whatTensorflowFailsAtIsRefusedByName() {
    assertThat(ofKind(Kind.FAILS, Kind.NO_GRADIENT))
        .hasSizeGreaterThan(20)
        .allMatch(Measured::isRefused);
  }

  @Test
  void noGradientThatIsRightIsRefused() {
    assertThat(ofKind(Kind.RIGHT)).hasSizeGreaterThan(400).noneMatch(Measured::isRefused);
  }

  @Test
  void aRefusalNamesTheOperationAndWhatToDo() {
    assertThat(ALL.stream().filter(Measured::isRefused))
        .allSatisfy(
            measured ->
                assertThat(measured.refusal())
                    .startsWith("operation measured")
                    .contains(measured.opCase().op())
                    .contains("; "));
  }

  private static boolean isDifferentiable(OpDef op) {
    return op.getInputArgList().stream().anyMatch(argument -> isDifferentiable(op, argument))
        && op.getOutputArgList().stream().anyMatch(argument -> isDifferentiable(op, argument));
  }

  private static boolean isDifferentiable(OpDef op, OpDef.ArgDef argument) {
    if (argument.getTypeAttr().isEmpty() && argument.getTypeListAttr().isEmpty()) {
      return DIFFERENTIABLE.contains(argument.getType());
    }
    String name = argument.getTypeAttr() + argument.getTypeListAttr();
    OpDef.AttrDef attribute =
        op.getAttrList().stream().filter(a -> a.getName().equals(name)).findFirst().orElseThrow();
    List<DataType> allowed = attribute.getAllowedValues().getList().getTypeList();
    return allowed.isEmpty() || allowed.stream().anyMatch(DIFFERENTIABLE::contains);
  }

  /** One line per operation, then one per case. */
  private static String table() {
    Map<String, Set<String>> verdicts = new TreeMap<>();
    for (Measured measured : ALL) {
      boolean hasGradient = measured.outcome().kind() != Kind.NO_GRADIENT;
      String verdict = measured.isRefused() ? hasGradient ? "refused" : "no gradient" : "right";
      verdicts.computeIfAbsent(measured.opCase().op(), o -> new TreeSet<>()).add(verdict);
    }
    NOT_MEASURED.forEach((op, why) -> verdicts.put(op, Set.of("not measured: " + why)));
    Map<String, Long> counts =
        verdicts.values().stream()
            .collect(Collectors.groupingBy(Object::toString, TreeMap::new, Collectors.counting()));
    StringBuilder text = new StringBuilder(counts + "\n");
    verdicts.forEach((op, seen) -> text.append(op).append(' ').append(seen).append('\n'));
    ALL.forEach(measured -> text.append(measured).append('\n'));
    return text.toString();
  }
}
