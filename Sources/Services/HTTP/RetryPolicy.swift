import Glibc

/// When a request is sent again: on 429, 500, 502, 503, 504, 529 and when no connection came about or held.
package struct RetryPolicy: Sendable {
  /// How many times a request is sent at most.
  package var attempts = 3
  /// The longest wait between two of them; a server that asks for more is not asked again.
  package var longestWait = 20_000
  /// The wait before the second attempt, doubled each time, in milliseconds.
  package var firstWait = 500
  /// A number of 0 ... its argument, so that clients do not come back all at once.
  package var jitter: @Sendable (Int) -> Int = { Int.random(in: 0...max(0, $0)) }
  /// Waits, in milliseconds.
  package var pause: @Sendable (Int) -> Void = { milliseconds in
    var wanted = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    var rest = timespec()
    while nanosleep(&wanted, &rest) != 0, errno == EINTR { wanted = rest }
  }

  /// Seconds; whatever a server asks for beyond a day is taken as a day, which nobody waits either.
  private static let longestAsked = 86_400

  package init() {}

  /// Statuses of a service that is overloaded or broken for the moment.
  package static func isTemporary(_ status: Int) -> Bool { [429, 500, 502, 503, 504, 529].contains(status) }

  /// Milliseconds before another attempt: half of the doubled wait and a random part of the other half, or what the
  /// server asks for if that is longer.
  package func wait(after attempt: Int, retryAfter seconds: Int) -> Int {
    let full = min(longestWait, firstWait << min(attempt - 1, 16))
    return max(full / 2 + jitter(full / 2), min(max(seconds, 0), Self.longestAsked) * 1000)
  }
}
