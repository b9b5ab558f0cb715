/// A person's corrections of the facts in a checkpoint's file, by command-line option:
/// `["crop": "1", "channel-order": "bgr"]`.
public typealias Said = [String: String]
