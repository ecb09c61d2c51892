package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.KernelName;
import dev.alig.conformance.run.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The result of one kernel of a subject.
 *
 * @param vectorBits the width of its vectors; 0 if it does not decide on them itself
 * @param threads how many threads shared a step at most; 0 if it did not run
 * @param cases how many cases it was judged on
 * @param verdict {@code conforms}, {@code differs}, or {@code not run: } and why
 */
@API(status = INTERNAL, since = "0.1")
public record KernelResult(
    String name,
    @JsonProperty("vector_bits") int vectorBits,
    int threads,
    long cases,
    String verdict) {
  /** The kernels of a subject's events in the order in which they came, each once. */
  static List<KernelResult> of(Stream<Event.KernelsJudged> events) {
    Map<String, KernelResult> all = new LinkedHashMap<>();
    events
        .flatMap(event -> event.kernels().stream())
        .map(KernelResult::of)
        .forEach(next -> all.merge(next.label(), next, KernelResult::and));
    return List.copyOf(all.values());
  }

  private static KernelResult of(Event.JudgedKernel kernel) {
    String verdict = kernel.differs() ? Report.DIFFERS : Report.CONFORMS;
    return new KernelResult(
        kernel.name(),
        kernel.vectorBits(),
        kernel.threads(),
        kernel.cases(),
        kernel.notRun().isEmpty() ? verdict : "not run: " + kernel.notRun());
  }

  private KernelResult and(KernelResult more) {
    String worse = verdict.equals(Report.DIFFERS) ? verdict : more.verdict;
    return new KernelResult(name, vectorBits, threads, cases + more.cases, worse);
  }

  /** Name, width and threads, such as {@code vector, 512 bits, up to 3 threads}. */
  public String label() {
    return threads == 0 ? name : new KernelName(name, vectorBits, threads).toString();
  }

  /** The result in one line. */
  public String line() {
    return label() + ": " + verdict + (threads == 0 ? "" : ", %d cases".formatted(cases));
  }
}
