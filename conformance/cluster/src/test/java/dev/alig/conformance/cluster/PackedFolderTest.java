package dev.alig.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFolderTest {
  @TempDir private Path from;
  @TempDir private Path to;

  private void write(String file, String content) throws IOException {
    Path path = from.resolve(file);
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.writeString(path, content);
  }

  @Test
  void filesKeepPathsAndContents() throws IOException {
    write("a.txt", "first");
    write("inner/deep/b.txt", "second");
    Files.writeString(to.resolve("a.txt"), "of before");
    PackedFolder.of(from, Path.of("")).unpack(to);
    assertThat(to.resolve("a.txt")).hasContent("first");
    assertThat(to.resolve("inner/deep/b.txt")).hasContent("second");
  }

  @Test
  void aPartIsPackedWithItsPath() throws IOException {
    write("a.txt", "first");
    write("inner/b.txt", "second");
    assertThat(PackedFolder.of(from, Path.of("inner")).files()).containsOnlyKeys("inner/b.txt");
    assertThat(PackedFolder.of(from, Path.of("missing")).files()).isEmpty();
  }

  @Test
  void deletedFoldersAreGone() throws IOException {
    write("inner/b.txt", "second");
    PackedFolder.delete(from.resolve("inner"));
    assertThat(from).isEmptyDirectory();
  }
}
