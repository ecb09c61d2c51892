package dev.alig.kernel;

/** The three updates a kernel knows. */
enum Move {
  PLAIN {
    @Override
    <A> void on(Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu) {
      kernel.plain(p, g, step);
    }
  },
  STANDARD {
    @Override
    <A> void on(Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu) {
      kernel.standard(p, v, g, step, mu);
    }
  },
  ADJUSTED {
    @Override
    <A> void on(Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu) {
      kernel.adjusted(p, v, g, step, mu);
    }
  };

  abstract <A> void on(
      Kernel<A> kernel, Slice<A> p, Slice<A> v, Slice<A> g, double step, double mu);
}
