package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky, 2009), as the binary version or the Python version.
 *
 * @param name the name of the set, as in the names of its folders
 * @param classes the number of classes
 * @param labelBytes the number of label bytes before an image in the binary version; the last one
 *     counts
 * @param pickledLabels the name of the labels in the Python version
 * @param binary the files of the binary version
 * @param pickled the files of the Python version
 * @param perFile the number of images per training file
 * @param tests the number of test images
 * @param validation the number of training images that are held out for validation
 */
record Cifar(
    String name,
    int classes,
    int labelBytes,
    String pickledLabels,
    Version binary,
    Version pickled,
    int perFile,
    int tests,
    int validation)
    implements Dataset {
  /** The files of a version, for training and for the test. */
  record Version(String folder, List<String> training, String test) {}

  static final Cifar TEN =
      new Cifar(
          "CIFAR-10",
          10,
          1,
          "labels",
          new Version("cifar-10-batches-bin", numbered("data_batch_%d.bin"), "test_batch.bin"),
          new Version("cifar-10-batches-py", numbered("data_batch_%d"), "test_batch"),
          10_000,
          10_000,
          5_000);

  static final Cifar HUNDRED =
      new Cifar(
          "CIFAR-100",
          100,
          2,
          "fine_labels",
          new Version("cifar-100-binary", List.of("train.bin"), "test.bin"),
          new Version("cifar-100-python", List.of("train"), "test"),
          50_000,
          10_000,
          5_000);

  private static List<String> numbered(String pattern) {
    return IntStream.rangeClosed(1, 5).mapToObj(pattern::formatted).toList();
  }

  /** The same set with fewer images, for tests. */
  Cifar withSizes(int newPerFile, int newTests, int newValidation) {
    return new Cifar(
        name,
        classes,
        labelBytes,
        pickledLabels,
        binary,
        pickled,
        newPerFile,
        newTests,
        newValidation);
  }

  @Override
  public ImageData read(Path folder, OptionalInt limit) throws InputException {
    Images train;
    Images test;
    Optional<Path> found = find(folder, binary);
    if (found.isPresent()) {
      train = CifarBinary.read(this, found.get(), binary.training(), perFile);
      test = CifarBinary.read(this, found.get(), List.of(binary.test()), tests);
    } else {
      Path python = find(folder, pickled).orElseThrow(() -> new InputException(nothingIn(folder)));
      train = CifarPickles.read(this, python, pickled.training(), perFile);
      test = CifarPickles.read(this, python, List.of(pickled.test()), tests);
    }
    int[][] split =
        new NumpyRandom(SPLIT_SEED).subsets(train.size(), train.size() - validation, validation);
    ImageData data =
        new ImageData(
            ImageSet.of(train, split[0]),
            ImageSet.of(train, split[1]),
            new ImageSet(List.of(ImageSet.all(test))),
            classes,
            Normalization.CIFAR);
    return limit.isPresent() ? data.first(limit.getAsInt()) : data;
  }

  /**
   * Finds the folder of a version. One of its files is enough, so that the error names a missing
   * file.
   */
  private static Optional<Path> find(Path folder, Version version) {
    List<String> candidates = List.of(version.folder(), "");
    return Stream.concat(version.training().stream(), Stream.of(version.test()))
        .flatMap(file -> InputFiles.folderOf(folder, candidates, file).stream())
        .findFirst();
  }

  private String nothingIn(Path folder) {
    return "%s has neither %s/%s nor %s/%s; %s"
        .formatted(
            folder,
            binary.folder(),
            binary.training().get(0),
            pickled.folder(),
            pickled.training().get(0),
            source());
  }

  /** Where users get the files. */
  String source() {
    return "unpack the binary or the Python version of %s from https://www.cs.toronto.edu/~kriz/cifar.html there"
        .formatted(name);
  }
}
