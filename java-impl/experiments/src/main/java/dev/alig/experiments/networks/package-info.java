/**
 * The networks of the paper's experiments on images.
 *
 * <p>A {@link dev.alig.experiments.networks.Network} describes a network once, by what it asks of
 * {@link dev.alig.experiments.networks.Layers}. Each framework answers in its own way, and {@link
 * dev.alig.experiments.networks.Parameters} lists what there is to train.
 */
@NullMarked
package dev.alig.experiments.networks;

import org.jspecify.annotations.NullMarked;
