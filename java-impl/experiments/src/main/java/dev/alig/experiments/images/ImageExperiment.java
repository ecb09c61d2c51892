package dev.alig.experiments.images;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import dev.alig.experiments.Training;
import dev.alig.experiments.images.Batches.Augmentation;
import dev.alig.experiments.networks.Dl4jModel;
import dev.alig.experiments.networks.FlatModel;
import dev.alig.experiments.networks.ImageModel;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.networks.Network;
import dev.alig.experiments.networks.OptimizerSettings;
import dev.alig.experiments.networks.TensorFlowModel;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.tensorflow.types.TFloat32;

/** An experiment on small images. */
public abstract sealed class ImageExperiment implements Experiment<ImageRow> {
  /** CIFAR-10. */
  public static final class Cifar10 extends ImageExperiment {
    /** Creates the experiment. */
    public Cifar10() {
      super("cifar10", "WRN-40-4 and DN-40-40 on CIFAR-10", Cifar.TEN);
    }
  }

  /** CIFAR-100. */
  public static final class Cifar100 extends ImageExperiment {
    /** Creates the experiment. */
    public Cifar100() {
      super("cifar100", "WRN-40-4 and DN-40-40 on CIFAR-100", Cifar.HUNDRED);
    }
  }

  /** The training loss on CIFAR-100. */
  public static final class Cifar100Training extends ImageExperiment {
    /** Creates the experiment. */
    public Cifar100Training() {
      super(
          "cifar100-training",
          "how low the training loss on CIFAR-100 gets without regularization",
          Cifar.HUNDRED);
    }
  }

  /** Street View House Numbers. */
  public static final class HouseNumbers extends ImageExperiment {
    /** Creates the experiment. */
    public HouseNumbers() {
      super("svhn", "WRN-16-4 on Street View House Numbers", Svhn.FULL);
    }
  }

  /** ImageNet. */
  public static final class ImageNet extends ImageExperiment {
    /** Creates the experiment. */
    public ImageNet() {
      super("imagenet", "ResNet-18 on ImageNet", ImageFolders.FULL);
    }
  }

  /** Handwritten digits. */
  public static final class HandwrittenDigits extends ImageExperiment {
    /** Creates the experiment. */
    public HandwrittenDigits() {
      super(
          "digits",
          "WRN-10-1 on scikit-learn's digits, ten optimizers at many rates",
          new Digits());
    }
  }

  private final String name;
  private final String description;
  private final Dataset dataset;

  private ImageExperiment(String name, String description, Dataset dataset) {
    this.name = name;
    this.description = description;
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Class<ImageRow> rowType() {
    return ImageRow.class;
  }

  @Override
  public List<Backend> backends() {
    return List.of(Backend.TENSORFLOW, Backend.DL4J);
  }

  @Override
  public Training prepare(ImageRow row, Options options) throws InputException {
    return prepare(dataset, row, options);
  }

  static Training prepare(Dataset dataset, ImageRow row, Options options) throws InputException {
    ImageData data = dataset.read(options.requireData(), options.limit());
    Augmentation augmentation = row.augmented() ? Augmentation.MOVED : Augmentation.SHUFFLED;
    Batches batches =
        new Batches(
            data.training(), data.normalization(), row.batchSize(), augmentation, options.seed());
    Network network = row.network(data.classes());
    int epochs = options.epochs().orElse(row.epochs());
    return new ImageTraining(
        data,
        batches,
        dataset.loss(),
        network,
        model(network, data.training().shape(), dataset.loss(), row, options),
        epochs,
        options.seed(),
        options.threads());
  }

  private static ImageModel model(
      Network network, ImageSize size, Loss loss, ImageRow row, Options options)
      throws InputException {
    if (row.settings() instanceof OptimizerSettings.Flat flat) {
      if (options.backend() != Backend.TENSORFLOW) {
        throw new InputException(
            "%s with a weight decay of %s trains in TensorFlow only; leave --backend out"
                .formatted(row.optimizer(), row.weightDecay()));
      }
      return new FlatModel(network, size, loss, flat, options.seed(), options.threads());
    }
    return switch (options.backend()) {
      case TENSORFLOW ->
          new TensorFlowModel<>(
              network,
              size,
              loss,
              row.settings(),
              TFloat32.class,
              options.seed(),
              options.threads());
      case DL4J ->
          new Dl4jModel(
              network,
              size,
              loss,
              row.settings(),
              DataType.FLOAT,
              options.seed(),
              options.threads());
    };
  }
}
