"""The tiny network in Keras, layer by layer as keras.applications.MobileNet has it."""
import tiny_mobilenet as tiny


def build(network, keras):
    """Returns the model and, in order, the tensor that is each of our layers' output.

    `keras` is the module: Keras 3, or tf_keras for Keras 2.
    """
    kl = keras.layers
    top = image = keras.Input((tiny.RESOLUTION, tiny.RESOLUTION, 3))
    made, weights = [], {}
    for index, layer in enumerate(network.layers):
        pair = (index + 1) // 2
        name = {"convolution": "conv1", "depthwise": f"conv_dw_{pair}",
                "pointwise": f"conv_pw_{pair}"}[layer.kind]
        padding = "same"
        if layer.stride == 2 and layer.kind == "depthwise":
            padding = "valid"
            top = kl.ZeroPadding2D(((0, 1), (0, 1)), name=f"conv_pad_{pair}")(top)
        kernel = layer.weight.transpose(2, 3, 1, 0)
        if layer.kind == "depthwise":
            top = kl.DepthwiseConv2D(
                3, strides=layer.stride, padding=padding, use_bias=False, name=name)(top)
            kernel = kernel.transpose(0, 1, 3, 2)
        else:
            top = kl.Conv2D(
                layer.outputs, layer.side, strides=layer.stride, padding=padding, use_bias=False,
                name=name)(top)
        weights[name] = [kernel]
        top = kl.BatchNormalization(name=f"{name}_bn", epsilon=layer.epsilon)(top)
        weights[f"{name}_bn"] = [layer.gamma, layer.beta, layer.mean, layer.variance]
        top = kl.ReLU(6.0, name=f"{name}_relu")(top)
        made.append(top)
    top = kl.GlobalAveragePooling2D(keepdims=True)(top)
    made.append(top)
    top = kl.Dropout(1e-3, name="dropout")(top)
    top = kl.Conv2D(tiny.CLASSES, 1, padding="same", name="conv_preds")(top)
    weights["conv_preds"] = [network.classifier.T[None, None], network.classifier_bias]
    top = kl.Reshape((tiny.CLASSES,), name="reshape_2")(top)
    made.append(top)
    top = kl.Activation("softmax", name="predictions")(top)
    made.append(top)
    model = keras.Model(image, top, name="mobilenet_tiny")
    for name, arrays in weights.items():
        model.get_layer(name).set_weights(arrays)
    return model, made


def run(network, model, made, keras):
    """Each of our layers' name and what Keras says that it makes."""
    outputs = keras.Model(model.inputs, made)(network.image[None])
    return list(zip(network.names, [x.numpy() for x in outputs]))


def has_official_names(model, keras):
    """Whether all layers with weights are called as in keras.applications, and none is missing."""
    def names(model):
        return [layer.name for layer in model.layers if layer.weights]
    return names(model) == names(keras.applications.MobileNet(weights=None, classes=tiny.CLASSES))
