/// The one way amounts are rounded (model.md 2.1): half to even, once, at the line.
package enum Rounding {
  /// The quotient rounded to the nearest whole number, a tie to the even one; the denominator must not be zero.
  package static func halfEven(_ numerator: Int128, over denominator: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let twice = remainder.magnitude * 2
    let whole = denominator.magnitude
    if twice < whole || (twice == whole && quotient.isMultiple(of: 2)) { return quotient }
    return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1
  }
}
