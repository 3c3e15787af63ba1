package import Pages

/// A value and the words on a page that say it.
package struct Finding<Value: Equatable & Sendable>: Equatable, Sendable {
  package var value: Value
  package var evidence: Evidence

  package init(_ value: Value, _ evidence: Evidence) {
    self.value = value
    self.evidence = evidence
  }
}
