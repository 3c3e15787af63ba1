import Pages
package import Records

/// Why a document or one of its pages could not be read.
package struct DocumentFault: Equatable, Sendable {
  package enum Cause: Equatable, Sendable {
    case password
    case damaged
    /// A damaged PDF under the name of a table: more likely a table saved or sent wrongly than a document.
    case namedAsTable
    case tooLarge
    case timedOut
    case broken(String)
    /// Too many pages before it could not be read.
    case givenUp
  }

  package let cause: Cause
  /// nil when it is the whole document's.
  package let page: Int?

  /// `E_...`, as in docs/rejects.md.
  package var code: String {
    switch cause {
    case .password: "E_PASSWORD"
    case .damaged, .broken: "E_DAMAGED"
    case .namedAsTable: "E_TYPE"
    case .tooLarge: "E_TOO_LARGE"
    case .timedOut, .givenUp: "E_TIMEOUT"
    }
  }

  /// Lower case, without a full stop.
  package var message: String {
    let what = page.map { "page \($0)" } ?? "the document"
    return switch cause {
    case .password: "the document is protected by a password, which is missing or wrong"
    case .damaged: page == nil ? "the document is damaged or cut short" : "\(what) is damaged or missing"
    case .namedAsTable: "this is a PDF under the name of a table, and damaged or cut short"
    case .tooLarge:
      page == nil
        ? "the document is larger than \(ReadingLimits.bytes >> 20) MiB or has more than \(ReadingLimits.pages) pages"
        : "\(what) holds more than a line of 8 MiB can"
    case .timedOut: "\(what) took more than \(ReadingLimits.pageSeconds) seconds of processor time"
    case .broken(let words): "reading \(what) broke off (\(words))"
    case .givenUp: "\(what) was not read, because too many pages before it could not be"
    }
  }

  /// What to do about it.
  package var hint: String {
    switch cause {
    case .password: "give --password env:NAME or file:PATH, or ask for a copy without a password"
    case .damaged, .broken:
      page == nil
        ? "ask for the file again; if a viewer opens it, print it from there into a new PDF"
        : "look at the page in a viewer; print the document from there into a new PDF"
    case .namedAsTable: "export the table again as CSV or XLSX; if a PDF was meant, ask for the file again"
    case .tooLarge: "split the document into parts, and give them one by one"
    case .timedOut, .givenUp: "print the document from a viewer into a new PDF, which is simpler"
    }
  }

  package var issue: Issue { Issue(code, .error, field: page == nil ? "" : "page", message: message, hint: hint) }

  /// What the document's record says when the fault is the whole document's.
  var status: DocumentStatus {
    switch cause {
    case .password: .passwordRequired
    case .damaged, .namedAsTable, .broken: .damaged
    case .tooLarge: .tooLarge
    case .timedOut, .givenUp: .timedOut
    }
  }
}
