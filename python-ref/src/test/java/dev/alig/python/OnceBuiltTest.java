package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Built once, whole or not at all. */
final class OnceBuiltTest {
  @TempDir Path folder;

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger builds = new AtomicInteger();

  @Test
  void theSecondCallReusesTheFirst() throws IOException {
    Path first = get();
    assertThat(get()).isEqualTo(first);
    assertThat(builds).hasValue(1);
  }

  @Test
  void aFailedBuildLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                once()
                    .get(
                        path -> true,
                        attempt -> {
                          Files.writeString(attempt.resolve("half"), "");
                          throw new IOException("no");
                        }))
        .hasMessage("no");
    assertThat(folder.resolve("thing")).isEmptyDirectory();
  }

  @Test
  void aFolderThatWasNotFinishedIsRemovedAndMadeAnew() throws IOException {
    Path half = Files.createDirectories(folder.resolve("thing/1"));
    Files.writeString(half.resolve("half"), "");
    assertThat(get().resolve("half")).doesNotExist();
    assertThat(said).containsExactly("removing an unfinished set-up: " + half);
  }

  @Test
  void aFinishedFolderThatIsNoLongerSoundIsMadeAnew() throws IOException {
    Files.delete(get().resolve("content"));
    assertThat(get().resolve("content")).exists();
    assertThat(builds).hasValue(2);
  }

  @Test
  void aFinishedFolderThatWasDeletedIsMadeAnew() throws IOException {
    Trees.remove(get());
    assertThat(get().resolve("content")).exists();
  }

  @Test
  void whatWasRemovedIsMadeAnew() throws IOException {
    Path first = get();
    assertThat(once().remove()).isTrue();
    assertThat(first).doesNotExist();
    assertThat(once().finished()).isEmpty();
    assertThat(get().resolve("content")).exists();
    assertThat(builds).hasValue(2);
  }

  @Test
  void whatWasNeverBuiltIsRemovedAlready() throws IOException {
    assertThat(once().remove()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void twoThreadsBuildOnceAndTheWaiterSaysWhatItWaitsFor() throws Exception {
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch spoken = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<Path> builder =
        threads.submit(
            () ->
                once()
                    .get(
                        path -> true,
                        attempt -> {
                          building.countDown();
                          pauseUntil(spoken);
                          build(attempt);
                        }));
    building.await();
    Future<Path> waiter =
        threads.submit(
            () ->
                new OnceBuilt(
                        folder.resolve("thing"),
                        folder.resolve("lock"),
                        "the thing",
                        line -> {
                          said.add(line);
                          spoken.countDown();
                        })
                    .get(path -> true, this::build));
    assertThat(waiter.get()).isEqualTo(builder.get());
    assertThat(builds).hasValue(1);
    assertThat(said)
        .containsExactly("waiting for another thread, which is preparing the thing (0 s)");
    threads.shutdown();
  }

  private Path get() throws IOException {
    return once().get(attempt -> Files.exists(attempt.resolve("content")), this::build);
  }

  private OnceBuilt once() {
    return new OnceBuilt(folder.resolve("thing"), folder.resolve("lock"), "the thing", said::add);
  }

  private void build(Path attempt) throws IOException {
    builds.incrementAndGet();
    Files.writeString(attempt.resolve("content"), "");
  }

  private static void pauseUntil(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
