/// Whether printed digits are held apart in groups of three by commas.
package enum DigitGrouping: Sendable {
  case none
  case thousands
}
