import Testing

@testable import Domain

@Suite struct KindTests {
  private func readsItself<K: Kind>(_ kind: K.Type) {
    for value in K.allCases {
      #expect(K.parse(value.rawValue) == value)
      #expect(K.parse("  " + value.rawValue.uppercased().replacing("_", with: " - ") + " ") == value)
      #expect(
        value.rawValue.utf8.allSatisfy { TextBytes.isAlphanumeric($0) && !(0x41...0x5A).contains($0) || $0 == 0x5F })
    }
    for text in ["", " ", "no such word", "_", "\u{200B}"] { #expect(K.parse(text) == nil, "\(K.self) \(text)") }
  }

  @Test func everyKindReadsItsOwnWords() {
    readsItself(RenewalKind.self)
    readsItself(EscalatorKind.self)
    readsItself(TerminationFeeKind.self)
    readsItself(ServiceLayer.self)
    readsItself(CircuitStatus.self)
    readsItself(NetBoxCircuitStatus.self)
    readsItself(ContractKind.self)
    readsItself(ContractStatus.self)
    readsItself(EndpointKind.self)
    readsItself(CircuitPurpose.self)
    readsItself(LifecycleKind.self)
    readsItself(DocumentKind.self)
    readsItself(UserRole.self)
    readsItself(NoticeMethod.self)
  }

  @Test(arguments: [
    ("Live", CircuitStatus.active), ("Active", .active), ("In Service", .active), ("in-service", .active),
    ("Pending Install", .provisioning), ("Pending Disconnect", .disconnectPending), ("Disconnected", .disconnected),
    ("Ceased", .disconnected), ("Decommissioned", .disconnected), ("Canceled", .cancelled),
    ("Gekündigt", .disconnectPending),
    ("ORDERED", .ordered), ("Suspended", .suspended), ("Planned", .planned),
  ])
  func circuitStates(_ text: String, _ status: CircuitStatus) { #expect(CircuitStatus.parse(text) == status) }

  @Test func netBoxStatesMapBothWays() {
    for status in NetBoxCircuitStatus.allCases { #expect(NetBoxCircuitStatus(CircuitStatus(status)) == status) }
    #expect(NetBoxCircuitStatus(CircuitStatus.ordered) == .planned)
    #expect(NetBoxCircuitStatus(CircuitStatus.cancelled) == .decommissioned)
    #expect(CircuitStatus(NetBoxCircuitStatus.offline) == .suspended)
  }

  @Test func aSynonymMeansOneThing() {
    #expect(UserRole.parse("Network Engineer") == .networkEng)
    #expect(UserRole.allCases.count == 8)
    #expect(ContractKind.parse("Master Service Agreement") == .msa)
    #expect(EndpointKind.parse("Data Centre") == .dataCenter)
    #expect(RenewalKind.parse("month to month") == .monthToMonth)
    #expect(TerminationFeeKind.parse("100% of remaining MRC") == .percentOfRemainingMRC)
    #expect(NoticeMethod.parse("E-Mail") == .email)
  }
}
