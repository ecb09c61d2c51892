package dev.alig.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.strength.JavaDefects;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explanation of a changed optimizer names its change; a sound optimizer has none. */
class CausesTest {
  private static final int ROUNDS = 25;

  private static final List<StepCase> CASES = cases();

  private static List<StepCase> cases() {
    List<StepCase> cases = new ArrayList<>();
    JqwikSession.run(
        () ->
            RequirementCases.all()
                .forEach(
                    (requirement, arbitrary) -> {
                      RandomGenerator<StepCase> generator = arbitrary.generator(ROUNDS);
                      Random random = new Random(requirement.name().hashCode());
                      Stream.generate(() -> generator.next(random).value())
                          .limit(ROUNDS)
                          .filter(c -> elements(c) < 200)
                          .forEach(cases::add);
                    }));
    return cases;
  }

  private static long elements(StepCase c) {
    return c.groups().stream()
        .flatMap(group -> group.parameters().stream())
        .mapToLong(tensor -> tensor.size())
        .sum();
  }

  private static List<Explanation> explained(Implementation party) {
    return CASES.stream().flatMap(c -> Causes.of(c, List.of(party), any -> true).stream()).toList();
  }

  @Test
  void nothingIsOffWithSoundOptimizers() {
    assertThat(explained(JavaDefects.control().implementation())).isEmpty();
    assertThat(explained(new ExactOracle())).isEmpty();
    assertThat(explained(new Nd4jSubject())).isEmpty();
  }

  /** The catalogue's optimizers share no code with the search for explanations. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eps-dropped               | the unclipped step size | eps = 0
          norm-as-float             | the unclipped step size | the squared norm is added up in float32
          sum-as-float              | the unclipped step size | the squared norm is added up in float32
          norm-safe                 | the unclipped step size | the squared norm is added up in float64
          norm-of-first-group       | the unclipped step size | the norm is that of the first group
          norm-without-last-tensor  | the unclipped step size | the norm lacks the last gradient
          norm-not-squared          | the unclipped step size | the norms of the gradients are added up without squaring them
          sum-squared               | the unclipped step size | the norms of the gradients are added up before they are squared
          loss-doubled              | the unclipped step size | the loss is doubled
          half-a-step               | the unclipped step size | the loss is halved
          loss-without-sign         | the unclipped step size | the absolute value of the loss counts
          cap-ignored               | the step sizes of the groups, given the unclipped one | max_lr is ignored
          cap-of-first-group        | the step sizes of the groups, given the unclipped one | max_lr = that of the first group
          cap-always                | the step sizes of the groups, given the unclipped one | the step size is max_lr, whatever the loss
          clip-at-zero              | the step sizes of the groups, given the unclipped one | a negative step size counts as 0
          mean-is-sum               | the mean step size, given those of the groups | the mean is the sum of the step sizes
          mean-the-first            | the mean step size, given those of the groups | the mean is the step size of the first group
          mean-the-largest          | the mean step size, given those of the groups | the mean is the largest step size
          mean-unclipped            | the mean step size, given those of the groups | the mean is the unclipped step size
          buffer-sign-flipped       | the momentum, given the step sizes | the momentum is kept with the other sign
          forms-swapped             | the momentum, given the step sizes | momentum form =
          momentum-of-first-group   | the momentum, given the step sizes | momentum = that of the first group
          heavy-ball                | the parameters, given the step sizes | the momentum alone moves the parameters, without a look-ahead
          absent-as-zero            | the momentum, given the step sizes | the momentum decays where there is no gradient
          projection-skipped        | the parameters, given the step sizes | no projection
          projection-per-group      | the parameters, given the step sizes | a ball of its own for each group
          projection-per-tensor     | the parameters, given the step sizes | a ball of its own for each parameter
          projection-before-update  | the parameters, given the step sizes | a projection before the step in place of after it
          projection-skipped-at-construction | the parameters after construction | no projection
          """)
  void aChangedOptimizerIsExplainedByItsChange(String defect, String quantity, String setting) {
    List<Explanation> explained = explained(defective(defect));
    assertThat(explained).hasSizeGreaterThan(2);
    assertThat(explained).anySatisfy(e -> assertThat(e.quantity()).isEqualTo(quantity));
    List<Explanation> unexplained =
        explained.stream()
            .filter(e -> e.settings().stream().flatMap(List::stream).noneMatch(has(setting)))
            .toList();
    // Near the limits of the format, rounding twice differs from rounding once.
    assertThat(unexplained.size()).isLessThanOrEqualTo(explained.size() / 8);
  }

  private static Predicate<String> has(String setting) {
    return text -> text.startsWith(setting);
  }

  private static Implementation defective(String name) {
    return JavaDefects.all().stream()
        .filter(defect -> defect.name().equals("java/" + name))
        .findFirst()
        .orElseThrow()
        .implementation();
  }

  /** Two changes at once; each case shows only the changes that affect it. */
  @Test
  void changesThatOnlyTogetherExplainAreBothNamed() {
    Implementation sound = new ExactOracle();
    Implementation changed = new Fixed(sound, c -> Altered.eps(doubled(c), 1e-3));
    List<Explanation> explained = explained(changed);
    assertThat(explained).hasSizeGreaterThan(50);
    assertThat(explained)
        .filteredOn(e -> e.settings().contains(List.of("eps = 1e-3", "the loss is doubled")))
        .hasSizeGreaterThan(20);
  }

  private static StepCase doubled(StepCase c) {
    return c.withSteps(
        c.steps().stream()
            .map(step -> new Step(2 * step.loss(), step.lossKind(), step.gradients()))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"0, eps = 0", "1e-6, eps = 1e-6", "1e-3, eps = 1e-3"})
  void aFixedEpsIsNamed(double eps, String setting) {
    List<Explanation> explained = explained(new Fixed(new ExactOracle(), c -> Altered.eps(c, eps)));
    assertThat(explained).hasSizeGreaterThan(20);
    assertThat(explained)
        .allSatisfy(e -> assertThat(e.settings()).anyMatch(s -> s.equals(List.of(setting))));
  }

  @Test
  void aProjectionAfterEachGroupIsNamed() {
    List<Explanation> explained = explained(new GroupByGroup());
    assertThat(explained).hasSizeGreaterThan(5);
    assertThat(explained)
        .allSatisfy(
            e ->
                assertThat(e.settings())
                    .contains(List.of("a projection of all parameters after each group")));
  }

  @Test
  void theOtherDirectionIsNamed() {
    List<Explanation> explained = explained(new Fixed(new ExactOracle(), Altered::ascending));
    assertThat(explained).hasSizeGreaterThan(20);
    assertThat(explained)
        .allSatisfy(e -> assertThat(e.settings()).contains(List.of("steps go up the gradient")));
  }

  @ParameterizedTest
  @CsvSource({"loss-squared", "descent-by-sign", "decay-doubled", "cap-on-loss"})
  void whatNoSettingDoesIsExplainedByNone(String defect) {
    List<Explanation> explained = explained(defective(defect));
    assertThat(explained).filteredOn(e -> e.settings().isEmpty()).hasSizeGreaterThan(2);
  }

  /** Every number of this case is legal, so the search repeats with caps that decide. */
  @Test
  void anIgnoredCapIsNamedWhereNoNumberShowsIt() {
    StepCase uncapped =
        CASES.stream().filter(c -> c.groups().get(0).cap() > 1e30).findFirst().orElseThrow();
    Difference difference = Difference.of("step 0, step sizes of the oracle", "a", "b", "nothing");
    assertThat(Causes.of(uncapped, difference, List.of(defective("cap-ignored")), any -> true))
        .isNotEmpty()
        .allSatisfy(e -> assertThat(e.settings()).contains(List.of("max_lr is ignored")));
  }

  @Test
  void onlyWhatIsAllowedExplains() {
    Implementation fixed = new Fixed(new ExactOracle(), c -> Altered.eps(c, 1e-6));
    List<Explanation> explained =
        CASES.stream()
            .flatMap(c -> Causes.of(c, List.of(fixed), "eps = 1e-3"::equals).stream())
            .toList();
    assertThat(explained).filteredOn(e -> e.settings().isEmpty()).hasSizeGreaterThan(20);
  }
}
