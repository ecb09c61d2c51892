package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pictures of a folder that has a folder per class, in the order of their names.
 *
 * @param folder the folder
 * @param classes the names of the classes, sorted
 * @param labels the class of each picture
 * @param names the name of each picture's file
 */
@SuppressWarnings("ArrayRecordComponent") // a million numbers, never compared
record ClassFolders(Path folder, List<String> classes, int[] labels, String[] names) {
  private static final Pattern PICTURE = Pattern.compile(".*\\.(jpe?g|png)");

  /**
   * Lists a folder.
   *
   * @throws InputException if there is no class, or a class without pictures
   */
  static ClassFolders list(Path folder) throws InputException {
    List<String> classes = names(folder, true);
    List<Integer> labels = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      Path inner = folder.resolve(classes.get(label));
      List<String> found = names(inner, false);
      if (found.isEmpty()) {
        throw new InputException(
            "%s has no .JPEG, .jpg or .png; put the pictures of a class there".formatted(inner));
      }
      for (String name : found) {
        labels.add(label);
        names.add(name);
      }
    }
    if (classes.size() < 2) {
      throw new InputException(
          "%s must have a folder per class, two or more; it has %d"
              .formatted(folder, classes.size()));
    }
    return new ClassFolders(
        folder,
        classes,
        labels.stream().mapToInt(Integer::intValue).toArray(),
        names.toArray(new String[0]));
  }

  /** The names of the folders or of the pictures in a folder, sorted. */
  private static List<String> names(Path folder, boolean folders) throws InputException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(
              entry ->
                  folders
                      ? Files.isDirectory(entry)
                      : PICTURE.matcher(name(entry).toLowerCase(Locale.ROOT)).matches())
          .map(ClassFolders::name)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("%s cannot be listed: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  int size() {
    return labels.length;
  }

  /** Chosen pictures, by their numbers. */
  ImageSource chosen(int side, int... numbers) {
    return new Chosen(this, side, numbers);
  }

  /** Pictures that are read when they are needed. Of each, the square in the middle is used. */
  private record Chosen(ClassFolders all, int side, int[] numbers) implements ImageSource {
    @Override
    public ImageSize shape() {
      return new ImageSize(3, side, side);
    }

    @Override
    public int size() {
      return numbers.length;
    }

    @Override
    public ImageSource first(int most) {
      return new Chosen(all, side, Arrays.copyOf(numbers, Math.min(most, numbers.length)));
    }

    @Override
    public int label(int index) {
      return all.labels[numbers[index]];
    }

    @Override
    public Pixels pixels(int index) {
      int number = numbers[index];
      Path file =
          all.folder.resolve(all.classes.get(all.labels[number])).resolve(all.names[number]);
      try {
        return PictureFile.read(file).square(side);
      } catch (InputException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
