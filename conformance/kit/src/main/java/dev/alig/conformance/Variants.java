package dev.alig.conformance;

import dev.alig.conformance.model.DType;
import dev.alig.kernel.Thresholds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * The kernels that an implementation may run on, each with one thread and with several. All of them
 * must take the same steps.
 *
 * @param running the kernels that this machine can run
 * @param notRun the names of the others, each with the reason
 * @param thresholds the sizes at which a kernel changes its way; they are the same on every
 *     machine, so that the cases are, too
 * @param sameBits whether all kernels must have the same bits, or each lies within its bounds
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Variants(
    List<Variant> running,
    Map<String, String> notRun,
    Function<DType, Thresholds> thresholds,
    boolean sameBits) {
  /** The kernels of an implementation that has no choice. */
  public static final Variants NONE =
      new Variants(
          List.of(),
          Map.of(),
          any -> new Thresholds(List.of(), List.of(), List.of(), List.of()),
          false);

  /**
   * The implementation on one kernel.
   *
   * @param missed the part of the kernel that no case has reached, such as the way that several
   *     threads take; called after all cases
   */
  public record Variant(
      KernelName kernel, Implementation implementation, Supplier<Optional<String>> missed) {}

  /** Copies list and map. */
  public Variants {
    running = List.copyOf(running);
    notRun = Map.copyOf(notRun);
  }

  /** The variants on a kernel with this {@link KernelName#toString}. */
  public List<Variant> named(String kernel) {
    return running.stream().filter(v -> v.kernel().toString().equals(kernel)).toList();
  }
}
