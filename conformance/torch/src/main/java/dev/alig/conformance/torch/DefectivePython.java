package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * A Python optimizer with a known defect, which the bridge can run in place of its package.
 *
 * @param name its name, such as {@code eps-dropped}
 * @param description what is wrong with it, in one line
 */
@API(status = INTERNAL, since = "0.1")
public record DefectivePython(String name, String description) {}
