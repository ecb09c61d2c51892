package dev.alig.conformance.strength;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A table of defects. Each defect changes something sound. The subclass's constructor fills the
 * table.
 *
 * @param <C> the type that the defects change
 */
abstract class DefectTable<C> {
  private final List<Row<C>> rows = new ArrayList<>();

  /** A defect: its name without the kind, and what is wrong in one line. */
  static final class Row<C> {
    final String name;
    final String description;
    private Consumer<C> change = sound -> {};

    Row(String name, String description) {
      this.name = name;
      this.description = description;
    }

    /** Adds a change that causes the defect; a second call adds another change. */
    Row<C> by(Consumer<C> further) {
      change = change.andThen(further);
      return this;
    }

    void spoil(C sound) {
      change.accept(sound);
    }
  }

  final Row<C> defect(String name, String description) {
    Row<C> row = new Row<>(name, description);
    rows.add(row);
    return row;
  }

  final List<Row<C>> rows() {
    return List.copyOf(rows);
  }
}
