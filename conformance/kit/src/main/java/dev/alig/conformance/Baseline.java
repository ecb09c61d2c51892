package dev.alig.conformance;

import dev.alig.conformance.model.StepCase;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/** An optimizer that ALI-G is compared with in experiments, and that has an original in Python. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Baseline {
  /** The name of the original in {@code alig_oracle/baselines.py}, such as {@code adam}. */
  String original();

  /** The optimizer; its algorithm is that of the original as well. */
  Implementation optimizer();

  /** Draws a case; the same random numbers give the same case. */
  StepCase draw(String id, RandomGenerator random);
}
