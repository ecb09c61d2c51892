package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.run.Block;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockShareTest {
  private static final String OF_BRIDGE = "bitsComeBackFromPython";

  /** Two subjects, each with a property of the bridge and another; the last block is short. */
  private static List<Block> blocks(int tries) {
    List<Block> blocks = new ArrayList<>();
    for (String subject : List.of("nd4j", "tensorflow")) {
      for (String property : List.of(OF_BRIDGE, "capLimitsTheStepSize")) {
        for (int number = 0; number < Block.count(tries); number++) {
          blocks.add(new Block(subject, property, number));
        }
      }
    }
    return blocks;
  }

  private static List<Block> all(List<BlockShare> shares) {
    return shares.stream().flatMap(share -> share.blocks().stream()).toList();
  }

  @Test
  void eachBlockIsInOneShareInOrder() {
    for (int tries : List.of(1, 999, 1000, 1001, 12_345)) {
      for (boolean hasBridge : List.of(true, false)) {
        List<Block> blocks = blocks(tries);
        List<BlockShare> shares = BlockShare.of(blocks, tries, hasBridge);
        assertThat(all(shares)).isEqualTo(blocks);
        assertThat(shares)
            .allSatisfy(
                share ->
                    assertThat(share.blocks().get(0)).isEqualTo(blocks.get(share.number() - 1)));
      }
    }
  }

  @Test
  void aShareHasOneSubjectAndSomeThousandTries() {
    sharesHave(12_345, 1_000, 2 * 2 * 13);
    sharesHave(48_000, 3_000, 2 * 2 * 16);
    sharesHave(200_000, 5_000, 2 * 2 * 40);
  }

  private static void sharesHave(int tries, int most, int number) {
    List<BlockShare> shares = BlockShare.of(blocks(tries), tries, true);
    assertThat(shares)
        .allSatisfy(
            share -> {
              assertThat(share.blocks().stream().map(Block::subject).distinct()).hasSize(1);
              assertThat(share.blocks().stream().mapToInt(block -> block.tries(tries)).sum())
                  .isLessThanOrEqualTo(most);
            });
    assertThat(shares).hasSize(number);
  }

  @Test
  void theBridgeHasSharesOfItsOwn() {
    List<BlockShare> shares = BlockShare.of(blocks(10), 10, true);
    assertThat(shares).extracting(BlockShare::isOfBridge).containsExactly(true, false, true, false);
    assertThat(shares).extracting(BlockShare::number).containsExactly(1, 2, 3, 4);
  }

  @Test
  void withoutABridgeASubjectIsWhole() {
    assertThat(BlockShare.of(blocks(10), 10, false))
        .extracting(BlockShare::number)
        .containsExactly(1, 3);
  }
}
