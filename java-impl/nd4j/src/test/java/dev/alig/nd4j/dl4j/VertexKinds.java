package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.*;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Every kind of vertex of DL4J's graphs. */
@SuppressWarnings("deprecation") // Networks have such layers all the same.
final class VertexKinds {
  private VertexKinds() {}

  static List<SlopeCase> all() {
    return List.of(
        flat(ElementWiseVertex.class, "add", op(ElementWiseVertex.Op.Add)),
        flat(ElementWiseVertex.class, "subtract", op(ElementWiseVertex.Op.Subtract)),
        flat(ElementWiseVertex.class, "product", op(ElementWiseVertex.Op.Product)),
        flat(ElementWiseVertex.class, "average", op(ElementWiseVertex.Op.Average)),
        flat(ElementWiseVertex.class, "max", op(ElementWiseVertex.Op.Max)),
        single(L2NormalizeVertex.class, one(new L2NormalizeVertex())),
        flat(L2Vertex.class, "", two(new L2Vertex())),
        flat(MergeVertex.class, "", two(new MergeVertex())),
        single(
            PreprocessorVertex.class,
            one(
                new PreprocessorVertex(
                    new org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor(
                        new FeedForwardToRnnPreProcessor(RNNFormat.NCW),
                        new RnnToFeedForwardPreProcessor(RNNFormat.NCW))))),
        single(ReshapeVertex.class, one(new ReshapeVertex(Nets.EXAMPLES, Nets.FEATURES))),
        single(ScaleVertex.class, one(new ScaleVertex(0.7))),
        single(ShiftVertex.class, one(new ShiftVertex(0.7))),
        single(SubsetVertex.class, one(new SubsetVertex(1, 2))),
        single(
            FrozenVertex.class,
            graph ->
                graph
                    .addVertex("f", new FrozenVertex(new ScaleVertex(0.7)), "in")
                    .addVertex("v", new MergeVertex(), "a", "f")),
        of(
            PoolHelperVertex.class,
            "",
            Shape.IMAGE,
            1,
            graph ->
                graph
                    .addVertex("p", new PoolHelperVertex(), "a")
                    .addLayer("v", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "p"),
            () -> Nets.softmax().build(),
            Nets.classes(6),
            null,
            null),
        flat(
            StackVertex.class,
            "with Unstack",
            graph ->
                graph
                    .addVertex("stack", new StackVertex(), "a", "b")
                    .addLayer("both", Nets.dense().nIn(4).build(), "stack")
                    .addVertex("first", new UnstackVertex(0, 2), "both")
                    .addVertex("second", new UnstackVertex(1, 2), "both")
                    .addVertex(
                        "v",
                        new ElementWiseVertex(ElementWiseVertex.Op.Product),
                        "first",
                        "second")),
        flat(
            UnstackVertex.class,
            "",
            graph ->
                graph
                    .addVertex("stack", new StackVertex(), "a", "b")
                    .addVertex("v", new UnstackVertex(1, 2), "stack")),
        series(
            LastTimeStepVertex.class,
            "",
            graph -> graph.addVertex("v", new LastTimeStepVertex("in"), "a"),
            false,
            false),
        series(
            LastTimeStepVertex.class,
            "mask",
            graph -> graph.addVertex("v", new LastTimeStepVertex("in"), "a"),
            false,
            true),
        series(
            ReverseTimeSeriesVertex.class,
            "",
            graph -> graph.addVertex("v", new ReverseTimeSeriesVertex(), "a"),
            true,
            false),
        series(
            ReverseTimeSeriesVertex.class,
            "mask",
            graph -> graph.addVertex("v", new ReverseTimeSeriesVertex("in"), "a"),
            true,
            true),
        series(
            DuplicateToTimeSeriesVertex.class,
            "",
            graph ->
                graph
                    .addVertex("last", new LastTimeStepVertex("in"), "a")
                    .addVertex("v", new DuplicateToTimeSeriesVertex("in"), "last"),
            true,
            false),
        series(AttentionVertex.class, "", VertexKinds::attention, true, false),
        series(AttentionVertex.class, "mask", VertexKinds::attention, true, true),
        single(LayerVertex.class, graph -> graph.addLayer("v", Nets.dense().build(), "a")));
  }

  private static void attention(GraphBuilder graph) {
    graph.addVertex(
        "v",
        new AttentionVertex.Builder()
            .nInKeys(4)
            .nInQueries(4)
            .nInValues(4)
            .nHeads(2)
            .headSize(2)
            .nOut(4)
            .projectInput(true)
            .build(),
        "a",
        "b",
        "b");
  }

  private static Consumer<GraphBuilder> op(ElementWiseVertex.Op op) {
    return two(new ElementWiseVertex(op));
  }

  private static Consumer<GraphBuilder> one(GraphVertex vertex) {
    return graph -> graph.addVertex("v", vertex, "a");
  }

  private static Consumer<GraphBuilder> two(GraphVertex vertex) {
    return graph -> graph.addVertex("v", vertex, "a", "b");
  }

  private static SlopeCase single(Class<?> kind, Consumer<GraphBuilder> vertices) {
    return flat(kind, "", 1, vertices);
  }

  private static SlopeCase flat(
      Class<?> kind, String circumstance, Consumer<GraphBuilder> vertices) {
    return flat(kind, circumstance, 2, vertices);
  }

  private static SlopeCase flat(
      Class<?> kind, String circumstance, int branches, Consumer<GraphBuilder> vertices) {
    return of(
        kind,
        circumstance,
        Shape.FLAT,
        branches,
        vertices,
        () -> Nets.softmax().build(),
        Nets.classes(6),
        null,
        null);
  }

  private static SlopeCase series(
      Class<?> kind,
      String circumstance,
      Consumer<GraphBuilder> vertices,
      boolean staysSeries,
      boolean masked) {
    int branches = kind == AttentionVertex.class ? 2 : 1;
    INDArray mask = masked ? Sandwich.mask(6, Shape.TIME) : null;
    return of(
        kind,
        circumstance,
        Shape.SERIES,
        branches,
        vertices,
        () -> staysSeries ? Sandwich.rnnSoftmax() : Nets.softmax().build(),
        staysSeries ? Sandwich.series(Shape.TIME) : Nets.classes(6),
        mask,
        staysSeries ? mask : null);
  }

  private static SlopeCase of(
      Class<?> kind,
      String circumstance,
      Shape shape,
      int branches,
      Consumer<GraphBuilder> vertices,
      Supplier<Layer> output,
      INDArray labels,
      @Nullable INDArray featureMask,
      @Nullable INDArray labelMask) {
    return SlopeCase.of(
        kind,
        circumstance,
        () -> {
          GraphBuilder graph =
              Nets.base(AliGUpdater.builder().maxLearningRate(1e-3).build())
                  .graphBuilder()
                  .addInputs("in")
                  .addLayer("a", shape.beneath(), "in");
          if (branches == 2) {
            graph.addLayer("b", shape.beneath(), "in");
          }
          vertices.accept(graph);
          graph.addLayer("out", output.get(), "v").setOutputs("out").setInputTypes(shape.input());
          ComputationGraph network = new ComputationGraph(graph.build());
          network.init();
          return new SlopeCase.Trial(
              network,
              new MultiDataSet(
                  new INDArray[] {shape.features()},
                  new INDArray[] {labels},
                  featureMask == null ? null : new INDArray[] {featureMask},
                  labelMask == null ? null : new INDArray[] {labelMask}));
        });
  }
}
