package dev.alig.conformance.judge;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;

/**
 * What a subject did with a case.
 *
 * @param scripted the case
 * @param trace what it did
 * @param name the subject's name
 * @param algorithm its operations
 * @param hasMean whether it reports a mean step size of its own
 */
record SubjectRun(
    StepCase scripted, Trace trace, String name, Algorithm algorithm, boolean hasMean) {}
