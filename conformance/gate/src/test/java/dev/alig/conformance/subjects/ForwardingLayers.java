package dev.alig.conformance.subjects;

import dev.alig.experiments.networks.Layers;

/** Layers that are those of another object; a test overrides some. */
class ForwardingLayers<T> implements Layers<T> {
  private final Layers<T> sound;

  ForwardingLayers(Layers<T> sound) {
    this.sound = sound;
  }

  @Override
  public T convolution(String name, T input, int outputs, int kernel, int stride) {
    return sound.convolution(name, input, outputs, kernel, stride);
  }

  @Override
  public T normalization(String name, T input) {
    return sound.normalization(name, input);
  }

  @Override
  public T relu(T input) {
    return sound.relu(input);
  }

  @Override
  public T dropout(T input, double rate) {
    return sound.dropout(input, rate);
  }

  @Override
  public T sum(T first, T second) {
    return sound.sum(first, second);
  }

  @Override
  public T concatenation(T first, T second) {
    return sound.concatenation(first, second);
  }

  @Override
  public T halvedByMean(T input) {
    return sound.halvedByMean(input);
  }

  @Override
  public T halvedByMaximum(T input) {
    return sound.halvedByMaximum(input);
  }

  @Override
  public T channelMeans(T input) {
    return sound.channelMeans(input);
  }

  @Override
  public T linear(String name, T input, int outputs, Bias bias) {
    return sound.linear(name, input, outputs, bias);
  }
}
