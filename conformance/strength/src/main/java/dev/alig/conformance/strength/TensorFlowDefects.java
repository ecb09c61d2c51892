package dev.alig.conformance.strength;

import dev.alig.conformance.strength.Defect.Kind;
import dev.alig.conformance.strength.DefectTable.Row;
import dev.alig.conformance.subjects.TensorFlowSubject;
import dev.alig.tensorflow.Semantics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Defects of the optimizer for TensorFlow. They rewire the graph after the optimizer has built it,
 * so the optimizer needs no hook for defects.
 */
final class TensorFlowDefects {
  private final Kind kind;
  private final TensorFlowSubject copied;

  TensorFlowDefects(TensorFlowSubject optimizer) {
    this.kind = kind(optimizer);
    this.copied = optimizer.edited(kind.named("sound"), Optional::of);
  }

  /** The kind of the defects that derive from an optimizer. */
  static Kind kind(TensorFlowSubject optimizer) {
    return optimizer.semantics() == Semantics.TF1 ? Kind.TENSORFLOW_TF1 : Kind.TENSORFLOW;
  }

  /** The sound optimizer, on unchanged copies of its graphs. */
  Defect control() {
    return Defect.of(kind, "sound", "nothing", copied);
  }

  /** The defective optimizers. */
  List<Defect> all() {
    Map<String, String> leftOut = leftOut();
    return Stream.of(new StepWiring(), new ProjectionWiring())
        .flatMap(table -> table.rows().stream())
        .filter(row -> !leftOut.containsKey(row.name))
        .map(this::defect)
        .toList();
  }

  /** The names of the defects that have nothing to change with these semantics, and the reasons. */
  Map<String, String> leftOut() {
    Map<String, String> reasons = new TreeMap<>();
    if (kind == Kind.TENSORFLOW) {
      reasons.put("clip-dropped", "no step size is clipped at zero in the semantics of PyTorch");
      return reasons;
    }
    String adjusted = "the momentum of TF1 has the adjusted form alone";
    reasons.put("gradient-not-scaled", adjusted);
    reasons.put("rate-not-minus-one", adjusted);
    reasons.put("nan-takes-cap", "TensorFlow's own minimum keeps a NaN, and has no branches");
    String withoutBall = "there is no projection in the semantics of TF1";
    reasons.put("float-radius", withoutBall);
    new ProjectionWiring().rows().forEach(row -> reasons.put(row.name, withoutBall));
    return reasons;
  }

  /** The optimizer with a changed graph, or with its own graph if the defect changes nothing. */
  Defect defect(Row<StepNodes> row) {
    TensorFlowSubject edited =
        copied.edited(
            kind.named(row.name),
            graph -> {
              StepNodes nodes = new StepNodes(graph);
              row.spoil(nodes);
              return Optional.of(nodes.built()).filter(built -> !built.equals(graph));
            });
    return Defect.of(kind, row.name, row.description, edited);
  }
}
