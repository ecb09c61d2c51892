package dev.alig.tensorflow;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** What this TensorFlow knows of the operations of a graph. */
final class OperationTypes {
  private final Map<String, OpDef> types = new HashMap<>();

  /**
   * Takes TensorFlow's own types, and the functions of a graph, whose names are types too.
   *
   * @param functions the library of the graph
   */
  OperationTypes(Collection<FunctionDef> functions) {
    TensorFlow.registeredOpList().getOpList().forEach(op -> types.put(op.getName(), op));
    functions.forEach(f -> types.put(f.getSignature().getName(), f.getSignature()));
  }

  /** The index of the first tensor of a named output. */
  int firstTensor(NodeDef node, String output) {
    int index = 0;
    for (OpDef.ArgDef argument : type(node).getOutputArgList()) {
      if (argument.getName().equals(output)) {
        return index;
      }
      if (!argument.getNumberAttr().isEmpty()) {
        index += Math.toIntExact(attribute(node, argument.getNumberAttr()).getI());
      } else if (!argument.getTypeListAttr().isEmpty()) {
        index += attribute(node, argument.getTypeListAttr()).getList().getTypeCount();
      } else {
        index++;
      }
    }
    throw new IllegalArgumentException(
        "operation %s (%s) has no output named %s in TensorFlow %s; write the model with a version of Python's TensorFlow that is closer to it"
            .formatted(node.getName(), node.getOp(), output, TensorFlow.version()));
  }

  /** Whether an operation does more than to compute its outputs from its inputs. */
  boolean isStateful(NodeDef node) {
    return type(node).getIsStateful();
  }

  private OpDef type(NodeDef node) {
    OpDef type = types.get(node.getOp());
    if (type == null) {
      throw new IllegalArgumentException(
          "operation %s (%s) is unknown to TensorFlow %s; write the model without it, or load its library with TensorFlow.loadLibrary first"
              .formatted(node.getName(), node.getOp(), TensorFlow.version()));
    }
    return type;
  }

  /** An attribute of an operation; models are saved without those that have their defaults. */
  private AttrValue attribute(NodeDef node, String name) {
    return node.getAttrMap()
        .getOrDefault(
            name,
            type(node).getAttrList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .map(OpDef.AttrDef::getDefaultValue)
                .findAny()
                .orElse(AttrValue.getDefaultInstance()));
  }
}
