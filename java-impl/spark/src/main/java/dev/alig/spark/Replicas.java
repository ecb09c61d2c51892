package dev.alig.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The replicas of one plan in this process: one for each task that runs at a time. */
final class Replicas {
  /** Those of older plans are dropped. */
  private static final int PLANS = 4;

  private static final Map<String, Replicas> POOLS =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Replicas> eldest) {
          return size() > PLANS;
        }
      };

  private final Plan plan;
  private final long canary;
  private final Deque<Replica> idle = new ArrayDeque<>();

  private Replicas(Plan plan) {
    this.plan = plan;
    Replica first = Replica.of(plan);
    canary = first.canary(plan.canary());
    idle.add(first);
  }

  static Replicas of(Plan plan) {
    synchronized (POOLS) {
      return POOLS.computeIfAbsent(plan.id(), id -> new Replicas(plan));
    }
  }

  /** The checksum of the canary's gradient in this process. */
  long canary() {
    return canary;
  }

  /** A replica for one task. One that failed is not given back. */
  synchronized Replica take() {
    return idle.isEmpty() ? Replica.of(plan) : idle.pop();
  }

  synchronized void giveBack(Replica replica) {
    idle.push(replica);
  }
}
