package import Warehouse

/// Why a change set was not committed; nothing was written.
package enum CommitError: Error, Equatable {
  case rejected(set: String)
  case superseded(set: String, by: String)
  case otherLineage(set: String)
  case tampered(set: String, what: String)
  case stale(StaleSet)
  case unapproved(set: String, missing: [String])
  case unbalanced(set: String, what: String)
  case reference(entity: String, key: String, target: String)
  /// Live records would refer to deleted ones; each line names both.
  case orphans(set: String, [String])

  package var message: String {
    switch self {
    case .rejected(let set): "\(set) was rejected"
    case .superseded(let set, let by): "\(set) was reviewed, and \(by) took its place"
    case .otherLineage(let set): "\(set) was planned against another database"
    case .tampered(let set, let what): "\(set) is not what was planned: \(what)"
    case .stale(let stale): stale.message
    case .unapproved(let set, let missing): "\(set) is not approved: " + missing.joined(separator: "; ")
    case .unbalanced(let set, let what): "\(set) does not balance: \(what)"
    case .orphans(let set, _): "\(set) would leave records that refer to deleted ones"
    case .reference(let entity, let key, let target): "\(entity) \(key) refers to \(target), which does not exist"
    }
  }

  /// Lines that go with the message.
  package var details: [String] {
    switch self {
    case .stale(let stale): stale.moved.map(\.line)
    case .orphans(_, let lines): lines
    default: []
    }
  }

  package var hint: String {
    switch self {
    case .superseded(_, let by): "commit that one instead: trunkline commit \(by)"
    case .rejected: "stage and diff the source again for a new change set"
    case .otherLineage: "give the database it was planned against with --db"
    case .tampered: "see trunkline audit verify, then plan again from the source"
    case .stale(let stale): stale.hint
    case .unapproved: "see what is missing with: trunkline changes show, then trunkline approve"
    case .orphans: "nothing was written: plan it again, and what is still referred to is shown as a conflict"
    case .unbalanced, .reference: "nothing was written: plan again from the source, and report this if it comes back"
    }
  }
}
