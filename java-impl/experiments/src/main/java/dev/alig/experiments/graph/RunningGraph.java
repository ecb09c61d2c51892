package dev.alig.experiments.graph;

import dev.alig.experiments.Snapshot;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;

/**
 * A finished graph in a session, which computes the same bits in every process.
 *
 * <p>It is a copy of the graph that was built, with its sums in order ({@link OrderedSums}). A copy
 * keeps the names of operations, so names identify them.
 */
public final class RunningGraph implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final GraphVariables variables;

  /**
   * Copies a graph with the values of its variables.
   *
   * @param built the graph; the caller closes it
   * @param start a session on it, for the values
   * @param threads see {@link GraphSession#of}
   */
  public RunningGraph(Graph built, Session start, int threads) {
    graph = OrderedSums.copy(built);
    session = GraphSession.of(graph, threads);
    variables = new GraphVariables(graph);
    restore(new GraphVariables(built).save(start));
  }

  /** An output by name, as a runner fetches and feeds it. */
  public static String name(Operand<?> operand) {
    return operand.asOutput().op().name() + ":" + operand.asOutput().index();
  }

  /** A new run of the session. */
  public Session.Runner runner() {
    return session.runner();
  }

  /** The values of all variables. */
  public Snapshot save() {
    return variables.save(session);
  }

  /**
   * Sets all variables.
   *
   * @throws IllegalArgumentException if one is missing, unknown or of another size; none is set
   *     then
   */
  public void restore(Snapshot snapshot) {
    variables.restore(session, snapshot);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
