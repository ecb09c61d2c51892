package dev.alig.tensorflow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/**
 * An operation through which the gradient of a loss passes.
 *
 * @param inputs the indices of the inputs that depend on a variable
 * @param outputs the indices of the outputs that the loss depends on
 */
record Passage(GraphOperation operation, Set<Integer> inputs, Set<Integer> outputs) {
  private static final String REFERENCE = "_REF";

  /** Whether values of this type have derivatives. A variant may be a list of such values. */
  static boolean isDifferentiable(Output<?> output) {
    return switch (output.dataType().name().replace(REFERENCE, "")) {
      case "DT_FLOAT",
          "DT_DOUBLE",
          "DT_HALF",
          "DT_BFLOAT16",
          "DT_COMPLEX64",
          "DT_COMPLEX128",
          "DT_VARIANT" ->
          true;
      default -> false;
    };
  }

  /** The names of the variables that are direct inputs, by reference. */
  List<String> variables() {
    return operation.inputs().stream()
        .filter(input -> input.asOutput().dataType().name().endsWith(REFERENCE))
        .map(input -> input.op().name())
        .distinct()
        .toList();
  }

  String describe() {
    return "operation " + operation.name() + " (" + operation.type() + ")";
  }

  Shape shape(int input) {
    return operation.input(input).shape();
  }

  /** The type of an input's value, also if the input is a variable. */
  DataType type(int input) {
    return DataType.valueOf(operation.input(input).dataType().name().replace(REFERENCE, ""));
  }

  boolean isComplex() {
    return type(0) == DataType.DT_COMPLEX64 || type(0) == DataType.DT_COMPLEX128;
  }

  String text(String attribute) {
    return operation.attributes().getAttrString(attribute);
  }

  long number(String attribute) {
    return operation.attributes().getAttrInt(attribute);
  }

  float real(String attribute) {
    return operation.attributes().getAttrFloat(attribute);
  }

  boolean flag(String attribute) {
    return operation.attributes().getAttrBool(attribute);
  }

  boolean allOne(String attribute) {
    return numbers(attribute).stream().allMatch(number -> number == 1);
  }

  List<Long> numbers(String attribute) {
    long[] values = operation.attributes().getAttrIntList(attribute);
    return Arrays.stream(values).boxed().toList();
  }

  /** The integers that an input holds, if it is a constant. */
  Optional<List<Long>> constant(int input) {
    GraphOperation source = (GraphOperation) operation.input(input).op();
    if (!source.type().equals("Const")) {
      return Optional.empty();
    }
    TensorProto value = source.attributes().getAttrValueProto("value").getTensor();
    ByteBuffer bytes =
        value.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.nativeOrder());
    List<Long> numbers = new ArrayList<>();
    value.getIntValList().forEach(number -> numbers.add(number.longValue()));
    numbers.addAll(value.getInt64ValList());
    while (bytes.hasRemaining()) {
      numbers.add(value.getDtype() == DataType.DT_INT32 ? bytes.getInt() : bytes.getLong());
    }
    return Optional.of(numbers);
  }

  /** Whether the first inputs are constants in which no number occurs twice. */
  boolean hasDistinctConstants(int count) {
    List<Optional<List<Long>>> lists = IntStream.range(0, count).mapToObj(this::constant).toList();
    Set<Long> seen = new HashSet<>();
    return lists.stream()
        .allMatch(list -> list.isPresent() && list.get().stream().allMatch(seen::add));
  }
}
