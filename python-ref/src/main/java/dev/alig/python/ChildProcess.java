package dev.alig.python;

import java.util.function.Consumer;

/** Processes that are waited for, and that do not outlive this JVM. */
public final class ChildProcess {
  private static final String PARENT = "alig.parent";

  /** The exit status of a process whose parent is gone, which nobody reads. */
  private static final int ORPHANED = 1;

  private ChildProcess() {}

  /** A wait for something of a process, such as its end. */
  @FunctionalInterface
  public interface Waiting<T> {
    /**
     * Waits.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    T await() throws InterruptedException;
  }

  /**
   * Waits for a child, and ends it if this thread is interrupted or the JVM shuts down first.
   *
   * @param end how to end it, such as {@link #end} or {@link #kill}
   * @throws InterruptedException if this thread is interrupted; the child has been ended then
   */
  public static <T> T attend(Process child, Consumer<Process> end, Waiting<T> waiting)
      throws InterruptedException {
    Thread hook = new Thread(() -> end.accept(child), "end-" + child.pid());
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return waiting.await();
    } catch (InterruptedException e) {
      end.accept(child);
      throw e;
    } finally {
      forget(hook);
    }
  }

  /** Asks a child and its children to end. */
  public static void end(Process child) {
    child.descendants().forEach(ProcessHandle::destroy);
    child.destroy();
  }

  /** Ends a child and its children, even where they hang. */
  public static void kill(Process child) {
    child.descendants().forEach(ProcessHandle::destroyForcibly);
    child.destroyForcibly();
  }

  /** Returns the switch that tells a JVM that it is this process's child. */
  public static String parentSwitch() {
    return "-D%s=%d".formatted(PARENT, ProcessHandle.current().pid());
  }

  /**
   * Ends this process as soon as the one of {@link #parentSwitch} is gone, even if that was killed
   * outright and could end nothing itself. Does nothing in a process without that switch.
   */
  public static void endWithParent() {
    Long parent = Long.getLong(PARENT);
    if (parent != null) {
      Thread watch = new Thread(() -> haltAfter(parent), "parent-" + parent);
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void haltAfter(long process) {
    ProcessHandle.of(process).ifPresent(alive -> alive.onExit().join());
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs, as it should.
      return;
    }
  }
}
