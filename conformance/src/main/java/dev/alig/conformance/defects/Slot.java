package dev.alig.conformance.defects;

import java.util.List;

/** One parameter of a run with its buffer; the arrays are live. */
final class Slot {
  /** The group it belongs to. */
  final int group;

  /** Its place in the group. */
  final int index;

  /** The momentum factor of its group. */
  final double momentum;

  /** The lengths of its dimensions. */
  final List<Integer> shape;

  /** The parameter. */
  final double[] p;

  /** The momentum buffer, which only a group with momentum reports. */
  final double[] v;

  Slot(int group, int index, double momentum, List<Integer> shape, double[] p, double[] v) {
    this.group = group;
    this.index = index;
    this.momentum = momentum;
    this.shape = shape;
    this.p = p;
    this.v = v;
  }
}
