package dev.alig.benchmark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.benchmark.cli.Schedule.Extent;
import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.race.Race;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Set<Contender> ALL = EnumSet.complementOf(Contender.passes());

  @Test
  void theBaseSettingHasEveryoneAtEachSize() {
    List<Race> races = new Schedule(List.of(1000, 1_000_000), ALL, Extent.BASE).races();
    assertThat(races)
        .extracting(Race::setting)
        .containsExactly(Setting.base(1000), Setting.base(1_000_000));
    assertThat(races.get(1).contenders()).containsExactlyElementsOf(ALL);
    assertThat(races.get(0).contenders())
        .contains(Contender.TORCH, Contender.NESTEROVS)
        .doesNotContain(Contender.OURS_MANY, Contender.TORCH_MANY);
  }

  @Test
  void axesVaryOneThingAtATimeForThree() {
    List<Race> races = new Schedule(List.of(1000), ALL, Extent.AXES).races();
    assertThat(races)
        .extracting(race -> race.setting().kind())
        .containsExactly(
            "float, standard momentum",
            "float, standard momentum, with projection",
            "float, no momentum",
            "float, adjusted momentum",
            "double, standard momentum");
    assertThat(races.subList(1, 5))
        .allSatisfy(
            race ->
                assertThat(race.contenders())
                    .containsExactly(Contender.TORCH, Contender.OURS, Contender.PROBE));
  }

  @Test
  void allIsTheWholeProductWithEveryone() {
    List<Race> races = new Schedule(List.of(1000), ALL, Extent.ALL).races();
    assertThat(races).hasSize(2 * 3 * 2).doesNotHaveDuplicates();
    assertThat(races)
        .allSatisfy(
            race ->
                assertThat(race.contenders())
                    .contains(Contender.OP_BY_OP, Contender.OURS_TENSORFLOW));
  }

  @Test
  void onlyThoseNamedTakePart() {
    Set<Contender> two = EnumSet.of(Contender.OURS, Contender.DL4J);
    List<Race> races = new Schedule(List.of(1000), two, Extent.AXES).races();
    assertThat(races.get(0).contenders()).containsExactlyElementsOf(two);
    assertThat(races.get(1).contenders()).containsExactly(Contender.OURS);
  }

  @Test
  void aRaceWithoutContendersIsNone() {
    Set<Contender> many = EnumSet.of(Contender.OURS_MANY);
    List<Race> races = new Schedule(List.of(1000, 1_000_000), many, Extent.AXES).races();
    assertThat(races).extracting(Race::setting).containsExactly(Setting.base(1_000_000));
  }

  @Test
  void whatDoesNotFitIntoTheMachineIsRefused() {
    List<Race> races = List.of(new Race(Setting.base(100_000_000), List.copyOf(ALL)));
    long needed = races.get(0).bytes();
    assertThatCode(() -> Memory.requireFor(races, 2 * needed)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Memory.requireFor(races, needed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "n=100000000 with 9 contenders needs some 13.4 GiB, and this machine has 13.4;"
                + " name fewer with --only");
  }
}
