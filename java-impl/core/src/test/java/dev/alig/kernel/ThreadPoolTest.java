package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyPieceIsDoneOnce(int size) {
    ThreadPool pool = new ThreadPool(size);
    assertThat(pool.size()).isEqualTo(size);
    for (int pieces = 0; pieces < 200; pieces++) {
      assertThat(timesDone(pool, pieces)).containsOnly(1);
    }
  }

  /** A step later the helpers sleep, and must wake. */
  @Test
  void everyPieceIsDoneAfterAPause() throws InterruptedException {
    ThreadPool pool = new ThreadPool(3);
    for (int i = 0; i < 20; i++) {
      Thread.sleep(2);
      assertThat(timesDone(pool, 50)).containsOnly(1);
    }
  }

  /** Whoever finds the pool busy works alone. */
  @Test
  void twoCallersDoNotMeet() {
    ThreadPool pool = new ThreadPool(2);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> assertManyAreDoneOnce(pool, 3000));
    assertManyAreDoneOnce(pool, 3000);
    other.join();
  }

  private static void assertManyAreDoneOnce(ThreadPool pool, int jobs) {
    for (int i = 0; i < jobs; i++) {
      assertThat(timesDone(pool, 20)).containsOnly(1);
    }
  }

  /** Each piece waits for the other, so that two threads must work at once, and again later. */
  @Test
  void helpersTakePart() throws InterruptedException {
    ThreadPool pool = new ThreadPool(2);
    for (int i = 0; i < 20; i++) {
      CyclicBarrier both = new CyclicBarrier(2);
      pool.run(2, (worker, piece) -> meet(both));
      assertThat(both.isBroken()).isFalse();
      Thread.sleep(i % 2);
    }
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("nobody took the other piece", e);
    }
  }

  /** The caller is done at once with the pieces that are left to it. */
  @Test
  void theCallerWaitsForAHelperThatIsSlower() {
    ThreadPool pool = new ThreadPool(2);
    for (int i = 0; i < 20; i++) {
      CyclicBarrier both = new CyclicBarrier(2);
      AtomicIntegerArray done = new AtomicIntegerArray(2);
      pool.run(
          2,
          (worker, piece) -> {
            meet(both);
            if (worker > 0) {
              LockSupport.parkNanos(2_000_000);
            }
            done.set(piece, 1);
          });
      assertThat(done.get(0) + done.get(1)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPieceThatThrowsIsReportedAndThePoolGoesOn(int size) {
    ThreadPool pool = new ThreadPool(size);
    ArithmeticException thrown = new ArithmeticException("planted");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                pool.run(
                    10,
                    (worker, piece) -> {
                      if (piece == 7) {
                        throw thrown;
                      }
                    }))
        .withCause(thrown);
    assertThat(timesDone(pool, 10)).containsOnly(1);
  }

  private static int[] timesDone(ThreadPool pool, int pieces) {
    AtomicIntegerArray done = new AtomicIntegerArray(pieces + 1);
    done.set(pieces, 1);
    pool.run(
        pieces,
        (worker, piece) -> {
          if (worker < pool.size()) {
            done.incrementAndGet(piece);
          }
        });
    int[] times = new int[pieces + 1];
    for (int i = 0; i <= pieces; i++) {
      times[i] = done.get(i);
    }
    return times;
  }
}
