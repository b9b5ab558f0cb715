import MobileNet

/// The function that turns the classes' sums into probabilities.
typealias Head = Architecture.Head
