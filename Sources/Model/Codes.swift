extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// The closed list as it stands in the database and on the wire.
  static var codes: [String] { allCases.map(\.rawValue) }
}
