package dev.alig.conformance.oracle;

/**
 * A Python optimizer with a known defect, which the bridge can run in place of its package.
 *
 * @param name its name, such as {@code eps-dropped}
 * @param description what is wrong with it, in one line
 */
public record DefectivePython(String name, String description) {}
