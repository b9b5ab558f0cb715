import MobileNet

/// What makes answers of the classifier's numbers.
typealias Head = Architecture.Head
