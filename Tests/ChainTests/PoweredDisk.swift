import TestSupport

/// The files of one folder, as the system shows them and as the disk surely holds them.
///
/// A file's bytes are sure once it was synced, its name once the folder was. Of what came later any part may be found: whole
/// writes in any choice, or blocks of 512 bytes of them, and the first of the changes to names.
struct PoweredDisk {
  enum Part: CaseIterable { case nothingMore, everything, something, tornBlocks }

  private struct File {
    var durable: [UInt8] = []
    var pending: [FaultCall] = []
  }

  private let folder: String
  private var files: [File] = []
  /// Which file a name means.
  private var names: [String: Int] = [:]
  private var durableNames: [String: Int] = [:]
  /// What the names were after each change that is not sure.
  private var pendingNames: [[String: Int]] = []

  init(_ folder: String) { self.folder = folder }

  mutating func holds(_ bytes: [UInt8], as name: String) {
    names[name] = files.count
    files.append(File(durable: bytes))
    durableNames = names
  }

  mutating func take(_ call: FaultCall) {
    let name = String(call.path.dropFirst(folder.count + 1))
    switch call.kind {
    case .write, .truncate: if let file = names[name] { files[file].pending.append(call) }
    case .sync where name.isEmpty:
      durableNames = names
      pendingNames = []
    case .sync:
      if let file = names[name] {
        files[file] = File(durable: Self.applied(files[file].pending, to: files[file].durable))
      }
    case .create, .unlink, .rename, .link: take(names: call, name)
    case .folder, .failed: break
    }
  }

  private mutating func take(names call: FaultCall, _ name: String) {
    let target = String(String(decoding: call.bytes, as: UTF8.self).dropFirst(folder.count + 1))
    switch call.kind {
    case .create:
      names[name] = files.count
      files.append(File())
    case .link: names[target] = names[name]
    case .rename:
      names[target] = names[name]
      names[name] = nil
    default: names[name] = nil
    }
    pendingNames.append(names)
  }

  /// What may be found: with `part` of what was not synced, and of the changes to the folder.
  func left(_ part: Part, _ random: inout SplitMix64) -> [String: [UInt8]] {
    let present =
      switch part {
      case .nothingMore: durableNames
      case .everything: names
      case .something, .tornBlocks: ([durableNames] + pendingNames).randomElement(using: &random) ?? names
      }
    // One file may have two names.
    var contents: [Int: [UInt8]] = [:]
    for file in Set(present.values).sorted() {
      let pending = files[file].pending
      let calls: [FaultCall] =
        switch part {
        case .nothingMore: []
        case .everything: pending
        case .something: pending.filter { _ in Bool.random(using: &random) }
        case .tornBlocks: pending.flatMap { Self.blocks($0) }.filter { _ in Bool.random(using: &random) }
        }
      contents[file] = Self.applied(calls, to: files[file].durable)
    }
    return present.mapValues { contents[$0] ?? [] }
  }

  /// A write as the disk makes it: blocks of 512 bytes.
  private static func blocks(_ call: FaultCall) -> [FaultCall] {
    guard call.kind == .write else { return [call] }
    var blocks: [FaultCall] = []
    var start = 0
    while start < call.bytes.count {
      let end = min(call.bytes.count, start + 512 - (call.offset + start) % 512)
      blocks.append(
        FaultCall(
          kind: .write, path: call.path, offset: call.offset + start, bytes: Array(call.bytes[start..<end])))
      start = end
    }
    return blocks
  }

  private static func applied(_ calls: [FaultCall], to bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for call in calls {
      let length = call.kind == .truncate ? call.offset : max(bytes.count, call.offset + call.bytes.count)
      if length < bytes.count { bytes.removeLast(bytes.count - length) }
      if length > bytes.count { bytes += Array(repeating: 0, count: length - bytes.count) }
      if call.kind == .write { bytes.replaceSubrange(call.offset..<call.offset + call.bytes.count, with: call.bytes) }
    }
    return bytes
  }
}
