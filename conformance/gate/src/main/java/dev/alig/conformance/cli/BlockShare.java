package dev.alig.conformance.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.run.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Blocks of one subject that a process of a cluster runs one after the other.
 *
 * @param number the place of its first block among all blocks, from 1
 * @param isOfBridge whether it checks the bridge to Python, so that it must run before all others
 */
@API(status = INTERNAL, since = "0.1")
public record BlockShare(int number, boolean isOfBridge, List<Block> blocks) {
  /** A run has about so many shares, which keep some dozens of processors busy. */
  private static final int WANTED = 64;

  /** A share of fewer tries takes less time than its process takes to start, some ten seconds. */
  private static final int FEWEST = 1_000;

  /** A share of more tries would be lost for long if its machine is. */
  private static final int MOST = 5_000;

  /** What belongs together. */
  private record Kind(String subject, boolean isOfBridge) {}

  /** Copies the list. */
  public BlockShare {
    blocks = List.copyOf(blocks);
  }

  /**
   * Shares that have each block once.
   *
   * @param blocks all blocks
   * @param tries how many tries each property has
   * @param hasBridge whether there is a bridge to check
   */
  static List<BlockShare> of(List<Block> blocks, int tries, boolean hasBridge) {
    List<BlockShare> shares = new ArrayList<>();
    IntStream.range(0, blocks.size())
        .boxed()
        .collect(groupingBy(i -> kind(blocks.get(i), hasBridge), LinkedHashMap::new, toList()))
        .forEach((kind, places) -> divide(kind, places, blocks, tries, shares));
    return shares.stream().sorted(Comparator.comparingInt(BlockShare::number)).toList();
  }

  private static Kind kind(Block block, boolean hasBridge) {
    return new Kind(block.subject(), hasBridge && Blocks.isOfBridge(block));
  }

  private static void divide(
      Kind kind, List<Integer> places, List<Block> blocks, int tries, List<BlockShare> shares) {
    long all = blocks.stream().mapToLong(block -> block.tries(tries)).sum();
    long limit = Math.max(FEWEST, Math.min(MOST, all / WANTED));
    int begin = 0;
    int sum = 0;
    for (int i = 0; i < places.size(); i++) {
      int more = blocks.get(places.get(i)).tries(tries);
      if (sum > 0 && sum + more > limit) {
        shares.add(share(kind, places.subList(begin, i), blocks));
        begin = i;
        sum = 0;
      }
      sum += more;
    }
    shares.add(share(kind, places.subList(begin, places.size()), blocks));
  }

  private static BlockShare share(Kind kind, List<Integer> places, List<Block> blocks) {
    return new BlockShare(
        places.get(0) + 1, kind.isOfBridge, places.stream().map(blocks::get).toList());
  }
}
