package dev.alig.nd4j.samediff.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Operations on each element of one array. */
final class Elementwise {
  private Elementwise() {}

  static void addTo(Recipes recipes) {
    Map<String, BiFunction<Sketch, SDVariable, SDVariable>> ops = new LinkedHashMap<>();
    ops.put("abs", (s, x) -> s.sd.math().abs(x));
    ops.put("acos", (s, x) -> s.sd.math().acos(x));
    ops.put("acosh", (s, x) -> s.sd.math().acosh(s.sd.math().abs(x).add(1.5)));
    ops.put("asin", (s, x) -> s.sd.math().asin(x));
    ops.put("asinh", (s, x) -> s.sd.math().asinh(x));
    ops.put("atan", (s, x) -> s.sd.math().atan(x));
    ops.put("atanh", (s, x) -> s.sd.math().atanh(x));
    ops.put("ceil", (s, x) -> s.sd.math().ceil(x).add(x));
    ops.put("cos", (s, x) -> s.sd.math().cos(x));
    ops.put("cosh", (s, x) -> s.sd.math().cosh(x));
    ops.put("cube", (s, x) -> s.sd.math().cube(x));
    ops.put("erf", (s, x) -> s.sd.math().erf(x));
    ops.put("erfc", (s, x) -> s.sd.math().erfc(x));
    ops.put("exp", (s, x) -> s.sd.math().exp(x));
    ops.put("expm1", (s, x) -> s.sd.math().expm1(x));
    ops.put("floor", (s, x) -> s.sd.math().floor(x).add(x));
    ops.put("round", (s, x) -> s.sd.math().round(x).add(x));
    ops.put("log", (s, x) -> s.sd.math().log(s.sd.math().abs(x)));
    ops.put("log(base)", (s, x) -> s.sd.math().log(s.sd.math().abs(x), 3));
    ops.put("log1p", (s, x) -> s.sd.math().log1p(x));
    ops.put("neg", (s, x) -> s.sd.math().neg(x));
    ops.put("pow(scalar)", (s, x) -> s.sd.math().pow(s.sd.math().abs(x), 2.5));
    ops.put("pow(integer)", (s, x) -> s.sd.math().pow(x, 3));
    ops.put("rationalTanh", (s, x) -> s.sd.math().rationalTanh(x));
    ops.put("rectifiedTanh", (s, x) -> s.sd.math().rectifiedTanh(x));
    ops.put("reciprocal", (s, x) -> s.sd.math().reciprocal(x));
    ops.put("rsqrt", (s, x) -> s.sd.math().rsqrt(s.sd.math().abs(x)));
    ops.put("sign", (s, x) -> s.sd.math().sign(x).add(x));
    ops.put("sin", (s, x) -> s.sd.math().sin(x));
    ops.put("sinh", (s, x) -> s.sd.math().sinh(x));
    ops.put("sqrt", (s, x) -> s.sd.math().sqrt(s.sd.math().abs(x)));
    ops.put("square", (s, x) -> s.sd.math().square(x));
    ops.put("step", (s, x) -> s.sd.math().step(x, 0.05).add(x));
    ops.put("tan", (s, x) -> s.sd.math().tan(x));
    ops.put("tanh", (s, x) -> s.sd.math().tanh(x));
    ops.put("nn.tanh", (s, x) -> s.sd.nn().tanh(x));
    ops.put("add(scalar)", (s, x) -> x.add(0.7));
    ops.put("sub(scalar)", (s, x) -> x.sub(0.7));
    ops.put("mul(scalar)", (s, x) -> x.mul(0.7));
    ops.put("div(scalar)", (s, x) -> x.div(0.7));
    ops.put("rsub(scalar)", (s, x) -> x.rsub(0.7));
    ops.put("rdiv(scalar)", (s, x) -> x.rdiv(0.7));
    ops.put("math.add(scalar)", (s, x) -> s.sd.math().add(x, 0.7));
    ops.put("math.sub(scalar)", (s, x) -> s.sd.math().sub(x, 0.7));
    ops.put("math.mul(scalar)", (s, x) -> s.sd.math().mul(x, 0.7));
    ops.put("math.div(scalar)", (s, x) -> s.sd.math().div(x, 0.7));
    ops.put("math.rsub(scalar)", (s, x) -> s.sd.math().rsub(x, 0.7));
    ops.put("math.rdiv(scalar)", (s, x) -> s.sd.math().rdiv(x, 0.7));
    ops.put("floorMod(scalar)", (s, x) -> s.sd.math().floorMod(x, 0.35));
    ops.put("scalarFloorMod", (s, x) -> s.sd.scalarFloorMod(x, 0.35));
    ops.put("scalarMax", (s, x) -> s.sd.scalarMax(x, 0.45));
    ops.put("scalarMin", (s, x) -> s.sd.scalarMin(x, 0.45));
    ops.put("scalarSet", (s, x) -> s.sd.scalarSet(x, 0.5).add(x));
    ops.put("clipByValue", (s, x) -> s.sd.clipByValue(x, -0.45, 0.45));
    ops.put("math.clipByValue", (s, x) -> s.sd.math().clipByValue(x, -0.45, 0.45));
    ops.put("clipByNorm", (s, x) -> s.sd.clipByNorm(x, 0.5));
    ops.put("clipByNorm(not reached)", (s, x) -> s.sd.clipByNorm(x, 50));
    ops.put("castTo", (s, x) -> s.sd.castTo(s.sd.castTo(x, DataType.DOUBLE), DataType.DOUBLE));
    ops.put("identity", (s, x) -> s.sd.identity(x));
    ops.put("elu", (s, x) -> s.sd.nn().elu(x));
    ops.put("gelu", (s, x) -> s.sd.nn().gelu(x));
    ops.put("preciseGelu", (s, x) -> s.sd.nn().preciseGelu(x));
    ops.put("hardSigmoid", (s, x) -> s.sd.nn().hardSigmoid(x.mul(3)));
    ops.put("hardTanh", (s, x) -> s.sd.nn().hardTanh(x.mul(2)));
    ops.put("leakyRelu", (s, x) -> s.sd.nn().leakyRelu(x, 0.3));
    ops.put("logSigmoid", (s, x) -> s.sd.nn().logSigmoid(x));
    ops.put("relu", (s, x) -> s.sd.nn().relu(x, 0));
    ops.put("relu(cutoff)", (s, x) -> s.sd.nn().relu(x, 0.45));
    ops.put("relu6", (s, x) -> s.sd.nn().relu6(x, 0));
    ops.put("relu6(cutoff)", (s, x) -> s.sd.nn().relu6(x, 0.45));
    ops.put("relu6(beyond)", (s, x) -> s.sd.nn().relu6(x.mul(10), 0));
    ops.put("selu", (s, x) -> s.sd.nn().selu(x));
    ops.put("sigmoid", (s, x) -> s.sd.nn().sigmoid(x));
    ops.put("softplus", (s, x) -> s.sd.nn().softplus(x));
    ops.put("softsign", (s, x) -> s.sd.nn().softsign(x));
    ops.put("swish", (s, x) -> s.sd.nn().swish(x));
    ops.put("cReLU", (s, x) -> s.sd.nn().cReLU(x));
    ops.put("hardTanhDerivative", (s, x) -> s.sd.nn().hardTanhDerivative(x).add(x));
    ops.put("softsignDerivative", (s, x) -> s.sd.nn().softsignDerivative(x));
    ops.put("leakyReluDerivative", (s, x) -> s.sd.nn().leakyReluDerivative(x, 0.3).add(x));
    ops.put("sigmoidDerivative", (s, x) -> s.sd.nn().sigmoidDerivative(x, x));
    ops.put("zerosLike", (s, x) -> s.sd.zerosLike(x).add(x));
    ops.put("onesLike", (s, x) -> s.sd.onesLike(x).mul(x));
    ops.put("standardize", (s, x) -> s.sd.math().standardize(x, 1));
    ops.put(
        "replaceWhere(value)",
        (s, x) ->
            s.sd.replaceWhere(
                x, 0.3, org.nd4j.linalg.indexing.conditions.Conditions.greaterThan(0.4)));
    ops.forEach(
        (name, op) -> {
          recipes.add(name + " on a matrix", s -> op.apply(s, s.signed(3, 4)));
          recipes.add(name + " on rank 3", s -> op.apply(s, s.signed(2, 3, 2)));
          if (!name.equals("standardize")) {
            recipes.add(name + " on a vector", s -> op.apply(s, s.signed(5)));
            recipes.add(name + " on a scalar", s -> op.apply(s, s.x()));
          }
        });
    UnaryOperator<SDVariable> twice = x -> x.add(x);
    recipes.add("the sum of a variable and itself", s -> twice.apply(s.x(3)));
  }
}
