package dev.alig.conformance.releases;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Trace;
import dev.alig.conformance.cases.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cases of a trace file, to be looked at on one release.
 *
 * @param cases the cases
 * @param plain what plain Python does with each, or nothing where it refused one
 * @param portable what torch's portable kernels do with each, or nothing
 * @param bridge why the bridge fails, or an empty text
 */
public record Trials(
    List<Recorded> cases, List<Recorded> plain, List<Recorded> portable, String bridge) {
  /** Copies the lists. */
  public Trials {
    cases = List.copyOf(cases);
    plain = List.copyOf(plain);
    portable = List.copyOf(portable);
  }

  /** Looks at each case; the first that differs speaks for all, else the first. */
  public Observation observe(Implementation oracle, Implementation subject) {
    List<Observation> all = new ArrayList<>();
    for (int k = 0; k < cases.size(); k++) {
      all.add(
          new Trial(
                  cases.get(k).scripted(),
                  oracle,
                  subject,
                  answer(plain, k),
                  answer(portable, k),
                  bridge)
              .observe());
    }
    Observation first =
        all.stream().filter(Observation::differs).findFirst().orElseGet(() -> all.get(0));
    return new Observation(
        first.differs(),
        together(all.stream().map(Observation::bits).toList()),
        together(all.stream().map(Observation::portable).toList()),
        first.blame(),
        first.facts());
  }

  private static Optional<Trace> answer(List<Recorded> answers, int k) {
    return k < answers.size() ? Optional.of(answers.get(k).trace()) : Optional.empty();
  }

  private static String together(List<String> digests) {
    return digests.size() == 1
        ? digests.get(0)
        : digests.contains("")
            ? ""
            : RunSettings.shortened(digests.stream().collect(Collectors.joining()));
  }
}
