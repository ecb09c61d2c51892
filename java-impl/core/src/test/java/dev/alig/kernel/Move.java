package dev.alig.kernel;

/** The three updates a kernel knows. */
enum Move {
  PLAIN {
    @Override
    <A> void on(Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu) {
      kernel.plain(p, g, step);
    }

    @Override
    void on(
        MemoryKernel kernel,
        OffHeap p,
        OffHeap v,
        OffHeap g,
        double step,
        double mu,
        boolean measure) {
      kernel.plain(p.address(), g.address(), p.length(), step, measure);
    }
  },
  STANDARD {
    @Override
    <A> void on(Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu) {
      kernel.standard(p, v, g, step, mu);
    }

    @Override
    void on(
        MemoryKernel kernel,
        OffHeap p,
        OffHeap v,
        OffHeap g,
        double step,
        double mu,
        boolean measure) {
      kernel.momentum(
          p.address(), v.address(), g.address(), p.length(), Factors.standard(step, mu), measure);
    }
  },
  ADJUSTED {
    @Override
    <A> void on(Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu) {
      kernel.adjusted(p, v, g, step, mu);
    }

    @Override
    void on(
        MemoryKernel kernel,
        OffHeap p,
        OffHeap v,
        OffHeap g,
        double step,
        double mu,
        boolean measure) {
      kernel.momentum(
          p.address(), v.address(), g.address(), p.length(), Factors.adjusted(step, mu), measure);
    }
  };

  abstract <A> void on(
      Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu);

  abstract void on(
      MemoryKernel kernel,
      OffHeap p,
      OffHeap v,
      OffHeap g,
      double step,
      double mu,
      boolean measure);
}
