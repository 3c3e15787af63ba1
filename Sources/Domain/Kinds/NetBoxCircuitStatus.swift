/// The circuit states of NetBox and Nautobot, and how ours map to them and back (model.md 2.3).
package enum NetBoxCircuitStatus: String, Kind {
  case planned
  case provisioning
  case active
  case offline
  case deprovisioning
  case decommissioned

  package static let lexicon = words([])

  /// Ordered is planned there; suspended is offline; disconnected and cancelled are both decommissioned.
  package init(_ status: CircuitStatus) {
    self =
      switch status {
      case .planned, .ordered: .planned
      case .provisioning: .provisioning
      case .active: .active
      case .suspended: .offline
      case .disconnectPending: .deprovisioning
      case .disconnected, .cancelled: .decommissioned
      }
  }
}

extension CircuitStatus {
  /// The state that NetBox's one means here.
  package init(_ status: NetBoxCircuitStatus) {
    self =
      switch status {
      case .planned: .planned
      case .provisioning: .provisioning
      case .active: .active
      case .offline: .suspended
      case .deprovisioning: .disconnectPending
      case .decommissioned: .disconnected
      }
  }
}
