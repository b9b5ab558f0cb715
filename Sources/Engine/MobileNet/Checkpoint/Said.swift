/// A person's corrections of what a checkpoint's file says, by command-line option: `["crop": "1",
/// "channel-order": "bgr"]`.
public typealias Said = [String: String]
