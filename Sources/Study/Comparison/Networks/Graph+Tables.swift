import MobileNet
import Tensors

extension Graph {
  /// SqueezeNet: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
  /// <0.5MB model size", 2016, table 1; the input side is that of the released Caffe model, which
  /// gives the table's output sides.
  public static let squeezeNet = Graph(side: 227) {
    $0.convolution("conv1", 96, side: 7, stride: 2)
    $0.maxPooling("maxpool1", side: 3, stride: 2)
    $0.fire("fire2", squeeze: 16, expand: 64)
    $0.fire("fire3", squeeze: 16, expand: 64)
    $0.fire("fire4", squeeze: 32, expand: 128)
    $0.maxPooling("maxpool4", side: 3, stride: 2)
    $0.fire("fire5", squeeze: 32, expand: 128)
    $0.fire("fire6", squeeze: 48, expand: 192)
    $0.fire("fire7", squeeze: 48, expand: 192)
    $0.fire("fire8", squeeze: 64, expand: 256)
    $0.maxPooling("maxpool8", side: 3, stride: 2)
    $0.fire("fire9", squeeze: 64, expand: 256)
    $0.convolution("conv10", 1000, side: 1)
    $0.averagePooling("avgpool10")
  }

  /// VGG-16: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
  /// Recognition", 2015, table 1, configuration D.
  public static let vgg16 = Graph(side: 224) {
    for (block, (layers, channels)) in [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
      .enumerated()
    {
      for layer in 1...layers {
        $0.convolution("conv\(block + 1)_\(layer)", channels, side: 3, padding: 1)
      }
      $0.maxPooling("pool\(block + 1)", side: 2, stride: 2)
    }
    $0.fullyConnected("fc6", 4096, activation: .relu)
    $0.fullyConnected("fc7", 4096, activation: .relu)
    $0.fullyConnected("fc8", 1000)
  }

  /// GoogLeNet: Szegedy et al., "Going Deeper with Convolutions", 2015, table 1, without the two
  /// classifiers that only training uses.
  public static let googLeNet = Graph(side: 224) {
    $0.convolution("conv1", 64, side: 7, stride: 2, padding: 3)
    $0.maxPooling("pool1", side: 3, stride: 2)
    $0.convolution("conv2_reduce", 64, side: 1)
    $0.convolution("conv2", 192, side: 3, padding: 1)
    $0.maxPooling("pool2", side: 3, stride: 2)
    $0.inception("3a", 64, (96, 128), (16, 32), 32)
    $0.inception("3b", 128, (128, 192), (32, 96), 64)
    $0.maxPooling("pool3", side: 3, stride: 2)
    $0.inception("4a", 192, (96, 208), (16, 48), 64)
    $0.inception("4b", 160, (112, 224), (24, 64), 64)
    $0.inception("4c", 128, (128, 256), (24, 64), 64)
    $0.inception("4d", 112, (144, 288), (32, 64), 64)
    $0.inception("4e", 256, (160, 320), (32, 128), 128)
    $0.maxPooling("pool4", side: 3, stride: 2)
    $0.inception("5a", 256, (160, 320), (32, 128), 128)
    $0.inception("5b", 384, (192, 384), (48, 128), 128)
    $0.averagePooling("pool5")
    $0.fullyConnected("loss3", 1000)
  }

  /// MobileNet with a standard 3×3 convolution in place of each depthwise separable pair.
  ///
  /// Howard et al. 2017, table 4, first row.
  public static let standardMobileNet = Graph(side: 224) {
    let architecture = Architecture()
    $0.convolution("conv1", architecture.stemChannels, side: 3, stride: 2, padding: 1)
    for pair in architecture.pairs {
      $0.convolution(pair.name, pair.channels, side: 3, stride: pair.stride, padding: 1)
    }
    $0.averagePooling("pool6")
    $0.fullyConnected("fc7", 1000)
  }
}
