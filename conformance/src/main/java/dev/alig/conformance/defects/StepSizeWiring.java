package dev.alig.conformance.defects;

import static dev.alig.conformance.defects.GraphNodes.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Defects of the scalars in the graph: norm, step sizes, and whose they are. */
final class StepSizeWiring {
  private final TensorFlowDefects defects;

  StepSizeWiring(TensorFlowDefects defects) {
    this.defects = defects;
  }

  List<Defect> all() {
    List<Defect> all = new ArrayList<>(stepSizes());
    all.addAll(groups());
    all.addAll(narrow());
    return all;
  }

  private List<Defect> stepSizes() {
    return List.of(
        defects.defect(
            "gradient-norm-halved",
            "half the sum of squares, which the kernel gives, counts for the sum",
            nodes -> nodes.doubled("Placeholder").forEach(GraphNodes::passThrough)),
        defects.defect(
            "clipped-at-zero",
            "a negative step size becomes 0, as in TensorFlow 1",
            nodes -> {
              NodeDef.Builder zero = nodes.add(nodes.node("AliG/eps").clone().setName("AliG/zero"));
              zero.putAttr("value", zero(zero));
              nodes
                  .named("AliG/step_size")
                  .forEach(
                      size ->
                          nodes
                              .between(size, 0, "Maximum", zero.getName())
                              .putAttr("T", GraphNodes.type(DataType.DT_DOUBLE)));
            }),
        defects.defect(
            "clip-dropped",
            "a negative step size stays, though there is a cap",
            nodes -> {
              for (NodeDef.Builder clip : nodes.ofKind("Maximum")) {
                GraphNodes.passThrough(clip);
              }
            }),
        defects.defect(
            "nan-takes-cap",
            "the minimum's comparison is turned round, so that a NaN becomes the cap",
            nodes ->
                nodes
                    .named("AliG/Select")
                    .forEach(
                        select -> {
                          swap(nodes.source(select, 0), 0, 1);
                          swap(select, 1, 2);
                        })),
        defects.defect(
            "mean-is-sum",
            "the mean step size is the sum",
            nodes -> {
              NodeDef.Builder mean = nodes.node("AliG/mean_step_size");
              if (nodes.source(mean, 0).getOp().equals("Div")) {
                mean.setInput(0, nodes.source(mean, 0).getInput(0));
              }
            }),
        defects.defect(
            "unclipped-shows-cap",
            "the first group's step size is reported as the unclipped one",
            nodes ->
                nodes
                    .node("AliG/unclipped_step_size")
                    .setInput(0, nodes.node("AliG/step_size").getInput(0))));
  }

  private List<Defect> groups() {
    return List.of(
        defects.defect(
            "one-step-size",
            "all groups have the first one's step size",
            nodes -> {
              List<NodeDef.Builder> sizes = nodes.named("AliG/step_size");
              sizes.forEach(size -> size.setInput(0, sizes.get(0).getInput(0)));
            }),
        defects.defect(
            "first-step-size-taken",
            "all groups take the first one's step and report their own",
            nodes ->
                nodes
                    .where(node -> node.getOp().equals("Cast"))
                    .forEach(cast -> toFirst(cast, "AliG/step_size"))),
        defects.defect(
            "one-cap",
            "all groups have the first one's cap",
            nodes ->
                nodes.where(node -> true).forEach(node -> toFirst(node, "AliG/max_learning_rate"))),
        defects.defect(
            "one-momentum",
            "all groups with momentum have the first one's factor",
            nodes -> nodes.where(node -> true).forEach(node -> toFirst(node, "AliG/momentum"))));
  }

  private List<Defect> narrow() {
    List<Defect> all = new ArrayList<>();
    for (String name : List.of("eps", "max_learning_rate", "momentum", "radius", "step_size")) {
      all.add(
          defects.defect(
              "float-" + name.replace('_', '-'),
              "a float, as the framework's own hyperparameters are",
              nodes -> narrow(nodes, "AliG/" + name)));
    }
    return all;
  }

  /** What the update or the step size takes of a number goes through a float. */
  private static void narrow(GraphNodes nodes, String name) {
    List<String> outputs = names(nodes.named(name));
    for (NodeDef.Builder node : nodes.where(any -> true)) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (outputs.contains(node.getInput(i))) {
          nodes.between(node, i, "Cast").putAllAttr(cast(DataType.DT_DOUBLE, DataType.DT_FLOAT));
          nodes.between(node, i, "Cast").putAllAttr(cast(DataType.DT_FLOAT, DataType.DT_DOUBLE));
        }
      }
    }
  }

  private static Map<String, AttrValue> cast(DataType from, DataType to) {
    return Map.of("SrcT", GraphNodes.type(from), "DstT", GraphNodes.type(to));
  }

  private static void toFirst(NodeDef.Builder node, String name) {
    for (int i = 0; i < node.getInputCount(); i++) {
      if (node.getInput(i).matches(name + "_[0-9]+")) {
        node.setInput(i, name);
      }
    }
  }

  private static void swap(NodeDef.Builder node, int first, int second) {
    String kept = node.getInput(first);
    node.setInput(first, node.getInput(second)).setInput(second, kept);
  }

  private static AttrValue zero(NodeDef.Builder constant) {
    AttrValue.Builder value = constant.getAttrOrThrow("value").toBuilder();
    value.getTensorBuilder().clearDoubleVal().clearTensorContent().addDoubleVal(0);
    return value.build();
  }
}
