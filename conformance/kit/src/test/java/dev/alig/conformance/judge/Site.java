package dev.alig.conformance.judge;

import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.model.Place;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One counted comparison: which line of the judge made it, on which number.
 *
 * @param line the way through the judge's code; a projection is one comparison of each number,
 *     however it comes to its answer
 * @param exact whether it must be the same as another one, and not just within a bound
 */
record Site(String line, Side side, Place place, boolean exact) {
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final Set<String> JUDGES =
      Stream.of(CaseJudge.class, WholeRuns.class, StepSizes.class, Replay.class)
          .map(Class::getName)
          .collect(Collectors.toSet());

  /** The comparison that is being counted by the caller. */
  static Site here(Side side, Place place) {
    List<StackFrame> frames = STACK.walk(Stream::toList);
    String line =
        frames.stream()
            .filter(frame -> JUDGES.contains(frame.getClassName().replaceFirst("\\$.*", "")))
            .map(frame -> simpleName(frame.getClassName()) + ":" + frame.getLineNumber())
            .collect(Collectors.joining(" < "));
    boolean exact = frames.stream().anyMatch(frame -> frame.getMethodName().equals("same"));
    return new Site(line, side, place, exact);
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
