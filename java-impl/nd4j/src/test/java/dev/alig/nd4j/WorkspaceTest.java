package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.GroupSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.exception.ND4JIllegalStateException;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arrays whose workspace was closed: their memory may be another array's by now. */
class WorkspaceTest {
  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(1 << 16)
          .policyLearning(LearningPolicy.NONE)
          .build();
  private static final String ID = "WorkspaceTest";

  private final INDArray w = Values.floats(1, 2);
  private final INDArray gradient = Values.floats(3, 4);

  /** How an array lost its workspace. */
  enum Loss {
    /** The workspace is closed. */
    CLOSED("leaked"),
    /** It was closed and opened again, so that the next array has the same memory. */
    REOPENED("outdated");

    private final String pointer;

    Loss(String pointer) {
      this.pointer = pointer;
    }
  }

  /** Lets one that is open again be closed, or later arrays would be made in it. */
  @AfterEach
  void closeAll() {
    MemoryWorkspace current = Nd4j.getMemoryManager().getCurrentWorkspace();
    if (current != null) {
      current.close();
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }

  private static MemoryWorkspace open() {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, ID);
  }

  /** An array from a workspace that is closed when it is handed over. */
  private static INDArray lost(Loss loss, Supplier<INDArray> make) {
    INDArray array;
    try (MemoryWorkspace closed = open()) {
      array = make.get();
      assertThat(array.isAttached()).as(closed.getId()).isTrue();
    }
    if (loss == Loss.REOPENED) {
      open();
    }
    return array;
  }

  private static INDArray pair() {
    return Nd4j.createUninitialized(DataType.FLOAT, 2).assign(5);
  }

  private static void assertRefused(Loss loss, String name, ThrowingCallable call) {
    assertThatExceptionOfType(ND4JIllegalStateException.class)
        .isThrownBy(call)
        .withMessageContaining(
            name + " uses " + loss.pointer + " workspace pointer from workspace [" + ID + "]")
        .withMessageContaining("detach()");
  }

  private static AliG optimizer(INDArray... parameters) {
    return AliG.builder().momentum(0.9).l2Ball(100).parameters(parameters).build();
  }

  /** What ND4J says itself, so that the words stay its own. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void theOperationsOfNd4jRefuseItLikewise(Loss loss) {
    INDArray array = lost(loss, WorkspaceTest::pair);
    assertThatExceptionOfType(ND4JIllegalStateException.class)
        .isThrownBy(() -> array.addi(1))
        .withMessageContaining("uses " + loss.pointer + " workspace pointer from workspace");
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void parametersOfABuilder(Loss loss) {
    INDArray array = lost(loss, WorkspaceTest::pair);
    assertRefused(loss, "parameter 1 of group 0", () -> optimizer(w, array));
    assertRefused(loss, "the first parameter", () -> optimizer(array));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void viewsOfParameters(Loss loss) {
    INDArray array =
        lost(
            loss,
            () -> Nd4j.create(DataType.FLOAT, 3, 4).get(NDArrayIndex.all(), NDArrayIndex.point(1)));
    assertRefused(loss, "parameter 1 of group 0", () -> optimizer(w, array));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void parametersOfALaterGroup(Loss loss) {
    AliG optimizer = optimizer(w);
    INDArray array = lost(loss, WorkspaceTest::pair);
    assertRefused(
        loss, "parameter 0 of group 1", () -> optimizer.addGroup(GroupSettings.DEFAULT, array));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void gradients(Loss loss) {
    AliG optimizer = optimizer(w);
    INDArray before = w.dup();
    INDArray array = lost(loss, WorkspaceTest::pair);
    String name = "the gradient of parameter 0 of group 0";
    assertRefused(loss, name, () -> optimizer.step(1, array));
    assertRefused(loss, name, () -> optimizer.apply(new double[] {1}, List.of(array)));
    assertThat(w).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void momentumBuffers(Loss loss) {
    AliG optimizer = optimizer(w);
    INDArray array = lost(loss, WorkspaceTest::pair);
    String name = "the momentum of parameter 0 of group 0";
    assertRefused(loss, name, () -> optimizer.useMomentumBuffer(0, 0, array));
    assertRefused(loss, name, () -> optimizer.setMomentumBuffer(0, 0, array));
  }

  /** The next array of the workspace has the lost one's memory; it stays 7. */
  @Test
  void aParameterLostLaterIsNeverStepped() throws IOException {
    AliG[] made = new AliG[1];
    INDArray array =
        lost(
            Loss.CLOSED,
            () -> {
              INDArray parameter = pair();
              made[0] = optimizer(parameter, w);
              made[0].step(1, gradient, gradient);
              return parameter;
            });
    AliG optimizer = made[0];
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    AliG other = optimizer(w.dup(), w.dup());
    other.save(state);
    try (MemoryWorkspace reopened = open()) {
      INDArray others = pair().assign(7);
      assertThat(others.data().address()).as(reopened.getId()).isEqualTo(array.data().address());
      String name = "parameter 0 of group 0";
      Loss loss = Loss.REOPENED;
      assertRefused(loss, name, () -> optimizer.step(1, gradient, gradient));
      assertRefused(loss, name, () -> optimizer.step(1, null, gradient));
      assertRefused(loss, name, optimizer::parameterNorm);
      assertRefused(loss, name, () -> optimizer.addGroup(GroupSettings.DEFAULT, others));
      assertRefused(loss, name, () -> optimizer.useMomentumBuffer(0, 1, gradient));
      assertRefused(
          loss, name, () -> optimizer.load(new ByteArrayInputStream(state.toByteArray())));
      assertThat(Values.of(others)).containsExactly(7.0, 7.0);
    }
  }

  @Test
  void aMomentumBufferLostLaterIsNeverRead() {
    AliG optimizer = optimizer(w);
    lost(
        Loss.CLOSED,
        () -> {
          INDArray buffer = pair();
          optimizer.useMomentumBuffer(0, 0, buffer);
          optimizer.step(1, gradient);
          return buffer;
        });
    INDArray before = w.dup();
    String name = "the momentum of parameter 0 of group 0";
    assertRefused(Loss.CLOSED, name, () -> optimizer.step(1, gradient));
    assertRefused(Loss.CLOSED, name, () -> optimizer.momentumBuffer(0, 0));
    assertRefused(Loss.CLOSED, name, () -> optimizer.save(new ByteArrayOutputStream()));
    assertThat(w).isEqualTo(before);
    optimizer.useMomentumBuffer(0, 0, Values.floats(0, 0));
    optimizer.step(1, gradient);
    assertThat(w).isNotEqualTo(before);
  }

  @Test
  void aClosedMomentumBufferIsNeverRead() {
    AliG optimizer = optimizer(w);
    INDArray buffer = Values.floats(0, 0);
    optimizer.useMomentumBuffer(0, 0, buffer);
    buffer.close();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> optimizer.step(1, gradient))
        .withMessageContaining("the momentum of parameter 0 of group 0 was closed");
  }

  @Test
  void arraysOfOpenWorkspacesAreWelcome() {
    try (MemoryWorkspace outer = open();
        MemoryWorkspace inner =
            Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "inner")) {
      INDArray parameter = pair();
      AliG optimizer = optimizer(parameter);
      optimizer.useMomentumBuffer(0, 0, pair().assign(0));
      optimizer.step(1, pair());
      assertThat(parameter.getDouble(0)).as(outer.getId() + inner.getId()).isLessThan(5);
    }
  }

  @Test
  void detachedAndLeveragedArraysAreWelcome() {
    try (MemoryWorkspace outer = open()) {
      INDArray[] copies = new INDArray[2];
      try (MemoryWorkspace inner =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "inner")) {
        copies[0] = pair().detach();
        copies[1] = pair().leverage();
        assertThat(inner.isScopeActive()).isTrue();
      }
      AliG optimizer = optimizer(copies);
      optimizer.step(1, copies[1].dup(), copies[0].dup());
      assertThat(copies[1].getDouble(0)).as(outer.getId()).isLessThan(5);
    }
  }
}
