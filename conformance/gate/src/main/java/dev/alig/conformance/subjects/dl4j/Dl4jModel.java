package dev.alig.conformance.subjects.dl4j;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network, and how its arrays correspond to the torch model's.
 *
 * @param network the network, initialized
 * @param links one per parameter and statistic of the torch model
 * @param evaluated a graph with the same arrays, to evaluate; empty if the model is not evaluated
 */
record Dl4jModel(NeuralNetwork network, List<Link> links, Optional<ComputationGraph> evaluated) {
  /** A model that is not evaluated. */
  Dl4jModel(NeuralNetwork network, List<Link> links) {
    this(network, links, Optional.empty());
  }

  /** Copies the list. */
  Dl4jModel {
    links = List.copyOf(links);
  }

  /** The links, by name in torch. */
  Map<String, Link> byTorchName() {
    return links.stream().collect(Collectors.toMap(Link::torch, Function.identity()));
  }
}
