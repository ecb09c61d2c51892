package dev.alig.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Restores the variables of a SavedModel and saves them again, by the operations that Python has
 * put into its graph.
 */
final class SavedModelFiles {
  private static final String VARIABLES = "variables";
  private static final String FINGERPRINT = "fingerprint.pb";
  private static final String INITIALIZER = "__saved_model_init_op";

  private final Path folder;
  private final MetaGraphDef model;
  private final Function<String, Output<TType>> tensors;
  private final List<Op> toSignatures = new ArrayList<>();
  private final List<Op> toSaver = new ArrayList<>();

  /**
   * Adds assignments between two handles of one variable.
   *
   * @param tensors finds a tensor by its name in the SavedModel
   * @param doubles the handles that signatures read, each with the one that is restored and saved
   */
  SavedModelFiles(
      Path folder,
      MetaGraphDef model,
      Function<String, Output<TType>> tensors,
      Map<String, String> doubles) {
    this.folder = folder;
    this.model = model;
    this.tensors = tensors;
    doubles.forEach(
        (read, saved) -> {
          toSignatures.add(copy(tensors.apply(saved), tensors.apply(read)));
          toSaver.add(copy(tensors.apply(read), tensors.apply(saved)));
        });
  }

  private static Op copy(Output<?> from, Output<?> to) {
    Trainable<TType> source = Trainable.of(from);
    Ops tf = Ops.create(from.op().env());
    return Trainable.<TType>of(to).assign(tf, source.value(tf));
  }

  /** Gives the variables of a session the values of the SavedModel, and fills its tables. */
  void restore(Session session) {
    run(session, model.getSaverDef().getRestoreOpName(), folder);
    run(session, toSignatures);
    String initializer =
        model
            .getSignatureDefOrDefault(INITIALIZER, SignatureDef.getDefaultInstance())
            .getOutputsOrDefault(INITIALIZER, TensorInfo.getDefaultInstance())
            .getName();
    if (!initializer.isEmpty()) {
      run(session, initializer, folder);
    }
  }

  /** Copies the SavedModel into another folder, with the values of a session. */
  void export(Session session, Path into) throws IOException {
    Files.createDirectories(into.resolve(VARIABLES));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path relative = folder.relativize(file);
        Path copy = into.resolve(relative.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (!relative.startsWith(VARIABLES) && !relative.endsWith(FINGERPRINT)) {
          Files.copy(file, copy);
        }
      }
    }
    run(session, toSaver);
    run(session, model.getSaverDef().getSaveTensorName(), into);
  }

  private static void run(Session session, List<Op> operations) {
    if (!operations.isEmpty()) {
      Session.Runner runner = session.runner();
      operations.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  /** Runs an operation that may take the place of variables and assets. */
  private void run(Session session, String operation, Path saved) {
    List<TString> texts = new ArrayList<>();
    try {
      Session.Runner runner = session.runner().addTarget(Inliner.operationOf(operation));
      Path checkpoint = saved.resolve(VARIABLES).resolve(VARIABLES);
      feed(runner, model.getSaverDef().getFilenameTensorName(), checkpoint, texts);
      for (AssetFileDef asset : model.getAssetFileDefList()) {
        Path file = folder.resolve("assets").resolve(asset.getFilename());
        feed(runner, asset.getTensorInfo().getName(), file, texts);
      }
      runner.run().close();
    } finally {
      texts.forEach(TString::close);
    }
  }

  private void feed(Session.Runner runner, String tensor, Path file, List<TString> texts) {
    TString text = TString.scalarOf(file.toString());
    texts.add(text);
    Operand<TType> placeholder = tensors.apply(tensor);
    runner.feed(placeholder, text);
  }
}
