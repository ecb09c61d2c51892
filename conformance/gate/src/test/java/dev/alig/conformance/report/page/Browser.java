package dev.alig.conformance.report.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.concurrent.Worker;
import javafx.scene.Scene;
import javafx.scene.web.WebView;

/**
 * Opens pages in WebKit, as JavaFX carries it, without a screen, and prints what a script finds
 * there, a line a page and width.
 *
 * <p>It runs in a process of its own, since an engine is a lot of native code to have beside
 * others'.
 */
final class Browser {
  /** Printed once the engine has started; where it is missing, there is no engine. */
  static final String READY = "ready";

  private static final int HEIGHT = 800;
  private static final long PATIENCE_SECONDS = 60;

  /** Nothing else refers to a page that is loading, which could be collected in the middle. */
  private static final List<WebView> OPEN = new ArrayList<>();

  private Browser() {}

  /** Takes the script, and pages with their widths. */
  public static void main(String[] arguments) throws Exception {
    String script = Files.readString(Path.of(arguments[0]));
    CompletableFuture<WebView> started = new CompletableFuture<>();
    Platform.startup(
        () -> {
          try {
            started.complete(new WebView());
          } catch (LinkageError e) {
            started.completeExceptionally(e);
          }
        });
    try {
      started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      System.out.println(READY);
      for (int k = 1; k < arguments.length; k += 2) {
        Path page = Path.of(arguments[k]);
        int width = Integer.parseInt(arguments[k + 1]);
        CompletableFuture<String> found = new CompletableFuture<>();
        Platform.runLater(() -> open(page, script, width, found));
        System.out.println(found.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
    } finally {
      Platform.exit();
    }
  }

  private static void open(Path page, String script, int width, CompletableFuture<String> found) {
    WebView view = new WebView();
    OPEN.add(view);
    view.setPrefSize(width, HEIGHT);
    Scene scene = new Scene(view, width, HEIGHT);
    Worker<Void> load = view.getEngine().getLoadWorker();
    load.stateProperty()
        .addListener(
            (any, before, now) -> {
              if (now == Worker.State.SUCCEEDED) {
                // Lays the page out.
                scene.snapshot(null);
                found.complete(String.valueOf(view.getEngine().executeScript(script)));
              } else if (now == Worker.State.FAILED) {
                found.completeExceptionally(load.getException());
              }
            });
    view.getEngine().load(page.toUri().toString());
  }
}
