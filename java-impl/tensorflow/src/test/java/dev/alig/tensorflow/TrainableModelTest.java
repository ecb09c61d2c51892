package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Folders that are refused. Those of real models are in the tests of the gate, which has Python.
 */
class TrainableModelTest {
  @TempDir private Path folder;

  private void write(String tag) throws IOException {
    MetaGraphDef.Builder model = MetaGraphDef.newBuilder();
    model.getMetaInfoDefBuilder().addTags(tag);
    Files.write(
        folder.resolve("saved_model.pb"),
        SavedModel.newBuilder().addMetaGraphs(model).build().toByteArray());
  }

  @Test
  void aFolderWithoutASavedModel() {
    assertThatIOException()
        .isThrownBy(() -> TrainableModel.load(folder))
        .withMessageContaining("saved_model.pb");
  }

  @Test
  void aModelWithoutTheTag() throws IOException {
    write("train");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainableModel.load(folder))
        .withMessageContaining("has no graph with the tag 'serve'");
  }

  @Test
  void aModelWithoutVariables() throws IOException {
    write("serve");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainableModel.load(folder))
        .withMessageContaining("has no variables, so there is nothing to train");
  }
}
