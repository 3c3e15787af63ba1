/// What completing a record needs of its plan with every row, without references to be counted.
///
/// Its memory is its own: `release` gives it back.
struct HotPart {
  let isMain: Bool
  let derivation: KeyDerivation
  let derived: Int
  /// Whether the key is made of the cells of an address, which are never filled from other records.
  let isPlace: Bool
  let copies: UnsafeMutableBufferPointer<(to: Int, from: Int, part: Int)>
  let ownKeys: UnsafeMutableBufferPointer<Int>
  let referenceKeys: UnsafeMutableBufferPointer<Int>
  let values: UnsafeMutableBufferPointer<Int>
  let identifiers: UnsafeMutableBufferPointer<Int>
  let sources: UnsafeMutableBufferPointer<Int>

  init(_ plan: PartPlan) {
    isMain = plan.isMain
    derivation = plan.derivation
    derived = plan.derived
    isPlace = plan.derivation == .endpoint || plan.derivation == .customer
    copies = Self.lasting(plan.copies)
    ownKeys = Self.lasting(plan.ownKeys)
    referenceKeys = Self.lasting(plan.referenceKeys)
    values = Self.lasting(plan.values)
    identifiers = Self.lasting(plan.identifiers)
    sources = Self.lasting(plan.sources)
  }

  private static func lasting<Element>(_ list: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: list.count)
    _ = copy.initialize(from: list)
    return copy
  }

  func release() {
    copies.deallocate()
    for slots in [ownKeys, referenceKeys, values, identifiers, sources] { slots.deallocate() }
  }
}
