package dev.alig.conformance.torch;

import dev.alig.conformance.oracle.OracleException;
import dev.alig.python.PythonEnvironment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jep.Interpreter;
import jep.JepConfig;
import jep.JepException;
import jep.MainInterpreter;
import jep.PyConfig;
import jep.SharedInterpreter;
import org.jspecify.annotations.Nullable;

/**
 * The one Python interpreter of this process, and the one thread that may touch it.
 *
 * <p>Jep ties an interpreter to the thread that opened it, and torch does not survive a second one
 * in the same process. So there is one interpreter, it is never closed, and every call runs on its
 * thread.
 */
final class PythonThread {
  private static @Nullable PythonThread only;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(null, task, "python", 64L << 20);
            worker.setDaemon(true);
            return worker;
          });
  private final Interpreter interpreter;

  private PythonThread(PythonEnvironment environment) {
    this.interpreter = await(() -> open(environment));
  }

  /** The interpreter of this process, opened at the first call. */
  static synchronized PythonThread of(PythonEnvironment environment) {
    PythonThread thread = only;
    if (thread == null) {
      thread = new PythonThread(environment);
      only = thread;
    }
    return thread;
  }

  private static Interpreter open(PythonEnvironment environment) throws JepException {
    System.load(environment.libpython().toString());
    MainInterpreter.setJepLibraryPath(environment.jepLibrary().toString());
    // The program's name makes Python use the environment. Isolated, Python ignores the variables
    // of the user's own Python and leaves signals to the JVM.
    MainInterpreter.setInitParams(
        PyConfig.isolated()
            .setProgramName(environment.python().toString())
            .setWriteBytecode(false));
    JepConfig config = new JepConfig();
    for (Path folder : environment.modulePath()) {
      config.addIncludePaths(folder.toString());
    }
    SharedInterpreter.setConfig(config);
    return new SharedInterpreter();
  }

  /** Imports a module of a Python package under its own name. */
  void load(String packageName, String module) {
    await(
        () -> {
          interpreter.exec("from %s import %s".formatted(packageName, module));
          return module;
        });
  }

  /** Calls a function that takes nothing and returns a string. */
  String call(String function) {
    return await(() -> (String) interpreter.invoke(function));
  }

  /** Calls a function that takes a string or None, and further arguments, and returns a string. */
  String call(String function, @Nullable String argument, Object... more) {
    @Nullable Object[] all = new Object[1 + more.length];
    all[0] = argument;
    System.arraycopy(more, 0, all, 1, more.length);
    return await(() -> text(interpreter.invoke(function, all)));
  }

  /** Calls a function that takes a request and two buffers and returns a string. */
  String call(String function, String request, ByteBuffer inputs, ByteBuffer outputs) {
    return await(() -> text(interpreter.invoke(function, request, inputs, outputs)));
  }

  private static String text(@Nullable Object answer) {
    if (answer instanceof String text) {
      return text;
    }
    throw OracleException.corrupted("a text was expected, was " + answer);
  }

  private <T> T await(Callable<T> task) {
    try {
      return thread.submit(task).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OracleException known) {
        throw known;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new OracleException("Python failed: " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OracleException("interrupted while Python was working", e);
    }
  }
}
