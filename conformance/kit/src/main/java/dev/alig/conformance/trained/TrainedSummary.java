package dev.alig.conformance.trained;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apiguardian.api.API;

/**
 * A trained case in a line of the report.
 *
 * @param caseId the case
 * @param description what it is
 * @param steps how many steps it has
 * @param loss the losses of the two curves; in a forced case, of each step from the same state
 * @param stepSize the step sizes, likewise
 * @param weights the distance of the weights, in parts of their norm
 * @param gradient the distance of the gradients at the same weights, in parts of their norm
 * @param seconds how long both sides and the judge took
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record TrainedSummary(
    @JsonProperty("case") String caseId,
    String description,
    int steps,
    Peak loss,
    @JsonProperty("step_size") Peak stepSize,
    Peak weights,
    Peak gradient,
    double seconds) {}
