package dev.alig.nd4j;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a CSV file: a line of column names, then one line per step.
 *
 * <p>The columns are {@code iteration}, {@code epoch}, {@code outcome}, {@code loss}, {@code
 * unclipped_step_size}, {@code gradient_norm}, {@code norm_overflowed} (1 or 0), one {@code
 * step_size_0}, {@code step_size_1}, … per group, and {@code parameter_norm} if requested. Numbers
 * have enough digits to read back exactly. No value needs quotes.
 */
public final class CsvStepLog implements StepListener, Closeable {
  private final BufferedWriter out;
  private final boolean withParameterNorm;
  private boolean begun;

  private CsvStepLog(BufferedWriter out, boolean withParameterNorm) {
    this.out = out;
    this.withParameterNorm = withParameterNorm;
  }

  /**
   * Writes to a file; an existing file is replaced.
   *
   * @throws IOException if the file cannot be written
   */
  public static CsvStepLog to(Path file) throws IOException {
    return new CsvStepLog(Files.newBufferedWriter(file), false);
  }

  /**
   * As {@link #to}, with the norm of the trained parameters. The norm takes a pass over them per
   * step.
   *
   * @throws IOException if the file cannot be written
   */
  public static CsvStepLog withParameterNorm(Path file) throws IOException {
    return new CsvStepLog(Files.newBufferedWriter(file), true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the line cannot be written
   */
  @Override
  public void onStep(AliG optimizer, StepEvent event) {
    if (!begun) {
      write(names(event.report().stepSizes().size()));
      begun = true;
    }
    List<Object> values = new ArrayList<>();
    values.add(event.iteration());
    values.add(event.epoch());
    values.add(event.report().outcome());
    values.add(event.report().loss());
    values.add(event.report().unclippedStepSize());
    values.add(event.report().gradientNorm());
    values.add(event.report().normOverflowed() ? 1 : 0);
    values.addAll(event.report().stepSizes());
    if (withParameterNorm) {
      values.add(optimizer.parameterNorm());
    }
    write(values);
  }

  private List<Object> names(int groups) {
    List<Object> names =
        new ArrayList<>(
            List.of(
                "iteration",
                "epoch",
                "outcome",
                "loss",
                "unclipped_step_size",
                "gradient_norm",
                "norm_overflowed"));
    IntStream.range(0, groups).forEach(i -> names.add("step_size_" + i));
    if (withParameterNorm) {
      names.add("parameter_norm");
    }
    return names;
  }

  private void write(List<Object> values) {
    try {
      out.write(values.stream().map(Object::toString).collect(Collectors.joining(",")));
      out.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
