package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;

/** Products of matrices and tensors. */
final class ProductCases {
  private ProductCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (boolean a : new boolean[] {false, true}) {
      for (boolean b : new boolean[] {false, true}) {
        String how = (a ? "transposed " : "plain ") + (b ? "by transposed" : "by plain");
        long[] left = a ? new long[] {3, 2} : new long[] {2, 3};
        long[] right = b ? new long[] {4, 3} : new long[] {3, 4};
        cases.add(
            OpCase.of("MatMul")
                .when(how)
                .attr("transpose_a", a)
                .attr("transpose_b", b)
                .in(left)
                .in(right));
        for (String op : List.of("BatchMatMul", "BatchMatMulV2", "BatchMatMulV3")) {
          long[] lefts = {2, left[0], left[1]};
          long[] rights = {2, right[0], right[1]};
          OpCase batch = OpCase.of(op).when(how).attr("adj_x", a).attr("adj_y", b);
          cases.add(tout(op, batch).in(lefts).in(rights));
        }
      }
    }
    cases.add(OpCase.of("MatMul").when("complex").complex(2, 3).complex(3, 2));
    cases.add(
        OpCase.of("MatMul")
            .when("complex, transposed")
            .attr("transpose_a", true)
            .complex(3, 2)
            .complex(3, 2));
    cases.add(OpCase.of("BatchMatMul").when("complex").complex(2, 2, 3).complex(2, 3, 2));
    cases.add(OpCase.of("BatchMatMulV2").when("complex").complex(2, 2, 3).complex(2, 3, 2));
    cases.add(
        OpCase.of("BatchMatMulV2")
            .when("complex adjoint")
            .attr("adj_x", true)
            .complex(2, 3, 2)
            .complex(2, 3, 2));
    for (String op : List.of("BatchMatMulV2", "BatchMatMulV3")) {
      cases.add(tout(op, OpCase.of(op).when("broadcast a matrix")).in(2, 5, 2, 3).in(3, 4));
      cases.add(tout(op, OpCase.of(op).when("broadcast both")).in(2, 1, 2, 3).in(5, 3, 4));
    }
    for (String equation : List.of("ij->ji", "ij->i", "ii->i", "ij->", "i->ii", "iij->j")) {
      cases.add(
          OpCase.of("Einsum")
              .when(equation)
              .attr("equation", equation)
              .list(
                  1,
                  equation.startsWith("i->")
                      ? new long[] {3}
                      : equation.startsWith("iij") ? new long[] {3, 3, 2} : new long[] {3, 3}));
    }
    for (String equation :
        List.of(
            "ij,jk->ik",
            "ij,jk->ki",
            "ij,ij->",
            "ij,kj->",
            "ij,jk->",
            "ii,ij->j",
            "...ij,...jk->...ik")) {
      cases.add(OpCase.of("Einsum").when(equation).attr("equation", equation).list(2, 3, 3));
    }
    cases.add(
        OpCase.of("Einsum").when("bij,bjk->bik").attr("equation", "bij,bjk->bik").list(2, 3, 3, 3));
    cases.add(
        OpCase.of("Einsum").when("...ij->...").attr("equation", "...ij->...").list(1, 2, 3, 4));
    cases.add(
        OpCase.of("Einsum")
            .when("...ij,...jk->...ik, broadcast")
            .attr("equation", "...ij,...jk->...ik")
            .together(new long[] {2, 1, 3, 3}, new long[] {4, 3, 2}));
    cases.add(
        OpCase.of("Einsum")
            .when("...ij,jk->...ik")
            .attr("equation", "...ij,jk->...ik")
            .together(new long[] {2, 4, 3}, new long[] {3, 2}));
    return cases;
  }

  private static OpCase tout(String op, OpCase batch) {
    return op.equals("BatchMatMulV3") ? batch.attr("Tout", DataType.DT_DOUBLE) : batch;
  }
}
