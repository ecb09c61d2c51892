package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final Set<Contender> ALL = Contender.usual();

  @Test
  void theBaseSettingHasEveryoneAtEachSize() {
    List<Race> races = Race.all(List.of(1000, 1_000_000), ALL, false);
    assertThat(races)
        .extracting(Race::setting)
        .containsExactly(Setting.base(1000), Setting.base(1_000_000));
    assertThat(races.get(1).contenders()).containsExactlyElementsOf(ALL);
    assertThat(races.get(0).contenders())
        .contains(Contender.TORCH, Contender.NESTEROVS)
        .doesNotContain(Contender.OURS_MANY, Contender.TORCH_MANY, Contender.PASS_NORM);
  }

  @Test
  void oneThingVariesAtATimeForThree() {
    List<Race> races = Race.all(List.of(1000), ALL, true);
    assertThat(races)
        .extracting(race -> race.setting().kind())
        .containsExactly("FLOAT", "FLOAT, with projection", "DOUBLE");
    assertThat(races.subList(1, 3))
        .allSatisfy(
            race ->
                assertThat(race.contenders())
                    .containsExactly(Contender.TORCH, Contender.OURS, Contender.PROBE));
  }

  @Test
  void onlyThoseNamedTakePart() {
    Set<Contender> two = EnumSet.of(Contender.OURS, Contender.OP_BY_OP);
    List<Race> races = Race.all(List.of(1000), two, true);
    assertThat(races.get(0).contenders()).containsExactlyInAnyOrderElementsOf(two);
    assertThat(races.get(1).contenders()).containsExactly(Contender.OURS);
  }

  @Test
  void aRaceWithoutContendersIsNone() {
    Set<Contender> many = EnumSet.of(Contender.OURS_MANY);
    List<Race> races = Race.all(List.of(1000, 1_000_000), many, true);
    assertThat(races).extracting(Race::setting).containsExactly(Setting.base(1_000_000));
  }
}
