package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;

/** Operations on one element at a time, and reductions. */
final class ElementwiseCases {
  private ElementwiseCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (String op :
        List.of(
            "Abs",
            "Neg",
            "Inv",
            "Reciprocal",
            "Square",
            "Exp",
            "Expm1",
            "Sinh",
            "Cosh",
            "Tanh",
            "Asinh",
            "Atanh",
            "Sigmoid",
            "Sign",
            "Sin",
            "Cos",
            "Asin",
            "Acos",
            "Tan",
            "Atan",
            "Erf",
            "Erfinv",
            "Floor",
            "Relu",
            "Relu6",
            "LeakyRelu",
            "Elu",
            "Selu",
            "Softplus",
            "Softsign",
            "Identity",
            "L2Loss",
            "ZerosLike",
            "StopGradient")) {
      cases.add(OpCase.of(op).in(2, 3));
    }
    for (String op : List.of("Sqrt", "Rsqrt", "Log", "Log1p", "Ndtri", "Lgamma")) {
      cases.add(OpCase.of(op).within(0.2, 0.8).in(2, 3));
    }
    cases.add(OpCase.of("Acosh").within(1.2, 3).in(2, 3));
    cases.add(OpCase.of("Relu6").when("beyond 6").within(5, 7).in(5));
    cases.add(OpCase.of("LeakyRelu").when("of another slope").attr("alpha", 0.3f).in(5));
    cases.add(OpCase.of("LeakyReluGrad").in(2, 3).in(2, 3));
    cases.add(OpCase.of("LeakyReluGrad").when("of another slope").attr("alpha", 0.4f).in(4).in(4));
    cases.add(OpCase.of("CheckNumerics").attr("message", "m").in(2, 3));
    for (String op :
        List.of(
            "Neg",
            "Inv",
            "Reciprocal",
            "Square",
            "Exp",
            "Expm1",
            "Sinh",
            "Cosh",
            "Tanh",
            "Asinh",
            "Acosh",
            "Atanh",
            "Sigmoid",
            "Sign",
            "Sin",
            "Cos",
            "Asin",
            "Acos",
            "Tan",
            "Atan",
            "Sqrt",
            "Rsqrt",
            "Log",
            "Log1p",
            "Identity",
            "Conj")) {
      cases.add(OpCase.of(op).when("complex").complex(2, 3));
    }
    for (String op : List.of("Real", "Imag", "Angle")) {
      cases.add(OpCase.of(op).attr("Tout", DataType.DT_FLOAT).complex(2, 3));
    }
    cases.add(OpCase.of("Complex").narrow().attr("Tout", DataType.DT_COMPLEX64).in(2, 3).in(2, 3));
    cases.add(
        OpCase.of("Complex")
            .when("broadcast")
            .narrow()
            .attr("Tout", DataType.DT_COMPLEX64)
            .in(2, 3)
            .in(3));
    cases.add(OpCase.of("Cast").coarse().attr("DstT", DataType.DT_FLOAT).in(2, 3));
    cases.add(
        OpCase.of("Cast").when("from float").narrow().attr("DstT", DataType.DT_DOUBLE).in(2, 3));
    cases.add(
        OpCase.of("Cast").when("to complex").narrow().attr("DstT", DataType.DT_COMPLEX64).in(2, 3));
    cases.add(OpCase.of("Cast").when("from complex").attr("DstT", DataType.DT_FLOAT).complex(2, 3));
    binary(cases);
    reductions(cases);
    return cases;
  }

  private static void binary(List<OpCase> cases) {
    for (String op :
        List.of(
            "Add",
            "AddV2",
            "Sub",
            "Mul",
            "Div",
            "RealDiv",
            "DivNoNan",
            "SquaredDifference",
            "Maximum",
            "Minimum",
            "Pow",
            "Atan2")) {
      cases.add(OpCase.of(op).within(0.2, 1.9).in(2, 3).in(2, 3));
      cases.add(OpCase.of(op).when("broadcast a row").within(0.2, 1.9).in(2, 3).in(3));
      cases.add(OpCase.of(op).when("broadcast a column").within(0.2, 1.9).in(2, 1).in(2, 3));
      cases.add(OpCase.of(op).when("broadcast a scalar").within(0.2, 1.9).in(2, 3).in());
      cases.add(OpCase.of(op).when("broadcast both").within(0.2, 1.9).in(2, 1, 3).in(4, 1));
    }
    for (String op :
        List.of(
            "Add",
            "AddV2",
            "Sub",
            "Mul",
            "Div",
            "RealDiv",
            "DivNoNan",
            "SquaredDifference",
            "Pow")) {
      cases.add(OpCase.of(op).when("complex").complex(2, 3).complex(2, 3));
      cases.add(OpCase.of(op).when("complex, broadcast").complex(2, 3).complex(3));
    }
    cases.add(OpCase.of("DivNoNan").when("by zero").vector(1, 2, 3).number(0));
    cases.add(OpCase.of("Pow").when("of a constant exponent").in(2, 3).number(2));
    cases.add(OpCase.of("Pow").when("of a negative base").vector(-1.5, -0.5).number(3));
    cases.add(OpCase.of("Atan2").when("of negative numbers").in(2, 3).in(2, 3));
    cases.add(OpCase.of("ClipByValue").vector(-1, 0.3, 2, 0.5).number(0).number(1));
    cases.add(
        OpCase.of("ClipByValue")
            .when("between scalars")
            .vector(-1, 0.3, 2)
            .within(0, 0.2)
            .in()
            .within(0.5, 0.9)
            .in());
    cases.add(
        OpCase.of("ClipByValue")
            .when("elementwise")
            .vector(-1, 0.3, 2)
            .vector(0.1, 0.2, 0.3)
            .vector(1, 0.7, 0.8));
    cases.add(OpCase.of("Select").bools(true, false, true).in(3).in(3));
    cases.add(OpCase.of("Select").when("rows").bools(true, false).in(2, 3).in(2, 3));
    cases.add(OpCase.of("Select").when("all").bool(true).in(2, 3).in(2, 3));
    cases.add(OpCase.of("SelectV2").bools(true, false, true).in(3).in(3));
    cases.add(
        OpCase.of("SelectV2").when("broadcast").bools(true, false, true).in(2, 1).in(4, 1, 3));
    cases.add(OpCase.of("SelectV2").when("scalars").bools(true, false, true).in().in());
    cases.add(OpCase.of("AddN").list(3, 2, 3));
    cases.add(OpCase.of("AddN").when("of 100").list(100, 2));
    cases.add(OpCase.of("BiasAdd").in(2, 4, 3).in(3));
    cases.add(OpCase.of("BiasAdd").when("NCHW").attr("data_format", "NCHW").in(2, 3, 4, 5).in(3));
  }

  private static void reductions(List<OpCase> cases) {
    for (String op : List.of("Sum", "Mean", "Max", "Min", "Prod")) {
      cases.add(OpCase.of(op).in(2, 3, 4).ints(1));
      cases.add(OpCase.of(op).when("of a scalar axis").in(2, 3, 4).scalar(0));
      cases.add(OpCase.of(op).when("of a negative axis").in(2, 3, 4).scalar(-1));
      cases.add(OpCase.of(op).when("of several axes").in(2, 3, 4).ints(0, 2));
      cases.add(OpCase.of(op).when("of negative axes").in(2, 3, 4).ints(-1, -3));
      cases.add(OpCase.of(op).when("of all axes").in(2, 3).ints(0, 1));
      cases.add(OpCase.of(op).when("of no axis").in(2, 3).ints());
      cases.add(OpCase.of(op).when("of long axes").in(2, 3, 4).longs(1));
      cases.add(OpCase.of(op).when("of a scalar").in().ints());
      cases.add(
          OpCase.of(op).when("keeping dimensions").attr("keep_dims", true).in(2, 3, 4).ints(1));
    }
    for (String op : List.of("Sum", "Mean", "Prod")) {
      cases.add(OpCase.of(op).when("complex").complex(2, 3).ints(1));
    }
    cases.add(OpCase.of("Prod").when("with a zero").vector(2, 0, 3).ints(0));
    cases.add(OpCase.of("Prod").when("with two zeros").vector(2, 0, 0).ints(0));
    for (String op : List.of("Softmax", "LogSoftmax")) {
      cases.add(OpCase.of(op).when("of rank 1").in(3));
      cases.add(OpCase.of(op).in(2, 3));
      cases.add(OpCase.of(op).when("of rank 3").in(2, 3, 4));
      cases.add(OpCase.of(op).when("of rank 4").in(2, 3, 2, 2));
    }
    double[] labels = {0.25, 0.25, 0.5, 0.625, 0.125, 0.25};
    for (int kind = 0; kind < 2; kind++) {
      OpCase given = OpCase.of("SoftmaxCrossEntropyWithLogits");
      cases.add(
          (kind == 0 ? given.narrow() : given.when("in double"))
              .in(2, 3)
              .given(new long[] {2, 3}, labels));
    }
    cases.add(
        OpCase.of("SoftmaxCrossEntropyWithLogits")
            .when("broadcast labels")
            .narrow()
            .in(2, 3)
            .given(new long[] {1, 3}, 0.25, 0.25, 0.5));
    cases.add(
        OpCase.of("SoftmaxCrossEntropyWithLogits")
            .when("broadcast logits")
            .narrow()
            .in(1, 3)
            .given(new long[] {2, 3}, labels));
    for (boolean exclusive : new boolean[] {false, true}) {
      for (boolean reverse : new boolean[] {false, true}) {
        cases.add(
            OpCase.of("Cumsum")
                .when((exclusive ? "exclusive" : "") + (reverse ? " reverse" : ""))
                .attr("exclusive", exclusive)
                .attr("reverse", reverse)
                .in(2, 3, 4)
                .scalar(exclusive ? 1 : -1));
      }
    }
    cases.add(OpCase.of("SegmentSum").in(4, 2).ints(0, 0, 1, 3));
    for (String op : List.of("UnsortedSegmentSum", "UnsortedSegmentMax", "UnsortedSegmentMin")) {
      cases.add(OpCase.of(op).in(5, 2).ints(1, 0, 1, 2, 1).scalar(3));
      cases.add(OpCase.of(op).when("with dropped rows").in(4, 2).ints(1, -1, 0, 1).scalar(2));
      cases.add(OpCase.of(op).when("of rank 3").in(2, 2, 3).matrix(2, 1, 0, 0, 2).scalar(3));
    }
  }
}
