/// What a person says of a checkpoint in place of what its file says, by the options of the command
/// line: `["crop": "1", "channel-order": "bgr"]`.
public typealias Said = [String: String]
