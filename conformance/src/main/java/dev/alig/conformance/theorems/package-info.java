/**
 * The theorems about ALI-G, as inequalities between the numbers that an optimizer was given and
 * those that it answered.
 *
 * <p>A {@link dev.alig.conformance.theorems.Trial} walks on a problem whose constants are known,
 * one step at a time, with the subject and with the oracle, and checks a theorem's inequalities in
 * arithmetic without rounding errors. What an inequality may miss by has two sources, and both are
 * known:
 *
 * <ul>
 *   <li>Losses and gradients are rounded before an optimizer sees them, so that they meet the
 *       theorem's hypothesis almost only. By how much they do not is measured on the very numbers
 *       that were supplied.
 *   <li>The optimizer rounds. How far its answers may be from the real-number answer is what {@link
 *       dev.alig.conformance.bounds.Enclosure} derives.
 * </ul>
 */
@NullMarked
package dev.alig.conformance.theorems;

import org.jspecify.annotations.NullMarked;
