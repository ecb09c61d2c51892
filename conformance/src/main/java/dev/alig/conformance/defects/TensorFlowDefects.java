package dev.alig.conformance.defects;

import dev.alig.conformance.defects.Defect.Kind;
import dev.alig.conformance.subjects.TensorFlowSubject;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Defects of the optimizer for TensorFlow, in the graph that it builds: operations are rewired
 * after it has added them, so that the optimizer itself needs no entrance for defects.
 */
final class TensorFlowDefects {
  private static final String WITHOUT_BALL = "there is no projection in the semantics of TF1";
  private static final String ADJUSTED = "the momentum of TF1 has the adjusted form alone";

  private final Kind kind;
  private final TensorFlowSubject copied;
  private final Defect control;

  TensorFlowDefects(TensorFlowSubject optimizer) {
    this.kind = kind(optimizer);
    String name = kind.named("sound");
    this.copied = optimizer.edited(name, Optional::of);
    this.control = new Defect(name, kind, "nothing", copied);
  }

  /** The kind of the defects that derive from an optimizer. */
  static Kind kind(TensorFlowSubject optimizer) {
    return optimizer.semantics() == Semantics.TF1 ? Kind.TENSORFLOW_TF1 : Kind.TENSORFLOW;
  }

  /** The sound optimizer, in copies of its graphs in which nothing was changed. */
  Defect control() {
    return control;
  }

  /** The defective ones. */
  List<Defect> all() {
    List<Defect> all = new ArrayList<>(new MomentumWiring(this).all());
    all.addAll(new StepSizeWiring(this).all());
    all.addAll(new ProjectionWiring(this).all());
    Set<String> leftOut = leftOut().keySet();
    return all.stream().filter(defect -> !leftOut.contains(defect.simpleName())).toList();
  }

  /** The names of those that spoil what a graph of these semantics lacks, each with the reason. */
  Map<String, String> leftOut() {
    Map<String, String> reasons = new TreeMap<>();
    if (kind == Kind.TENSORFLOW) {
      reasons.put("clip-dropped", "no step size is clipped at zero in the semantics of PyTorch");
      return reasons;
    }
    reasons.put("gradient-not-scaled", ADJUSTED);
    reasons.put("rate-not-minus-one", ADJUSTED);
    reasons.put("nan-takes-cap", "TensorFlow's own minimum keeps a NaN, and has no branches");
    reasons.put("float-radius", WITHOUT_BALL);
    new ProjectionWiring(this).all().forEach(d -> reasons.put(d.simpleName(), WITHOUT_BALL));
    return reasons;
  }

  Defect defect(String name, String description, Consumer<GraphNodes> change) {
    String full = kind.named(name);
    return new Defect(full, kind, description, copied.edited(full, GraphNodes.edit(change)));
  }
}
