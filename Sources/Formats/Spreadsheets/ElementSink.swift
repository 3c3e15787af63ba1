/// Hands the tags of a small part to two closures.
struct ElementSink: XMLSink {
  var control = XMLControl()
  private let begin: (XMLElement, inout XMLControl) -> Void
  private let finish: () -> Void

  mutating func start(_ element: XMLElement) { begin(element, &control) }
  mutating func end() { finish() }
  mutating func text(_ bytes: UnsafePointer<CChar>, _ count: Int) {}

  static var handlers: XMLHandlers {
    XMLHandlers(
      start: { XMLDelivery.start($0, $1, $2, to: ElementSink.self) },
      end: { user, _ in XMLDelivery.end(user, to: ElementSink.self) },
      text: { XMLDelivery.text($0, $1, $2, to: ElementSink.self) },
      doctype: { user, _, _, _, _ in XMLDelivery.doctype(user, to: ElementSink.self) })
  }

  private init(
    _ begin: @escaping (XMLElement, inout XMLControl) -> Void, _ finish: @escaping () -> Void
  ) {
    self.begin = begin
    self.finish = finish
  }

  /// Reads a part to its end.
  static func read(
    _ name: String, of archive: ZipArchive, end: @escaping () -> Void = {},
    start: @escaping (XMLElement, inout XMLControl) -> Void
  ) throws(SpreadsheetError) {
    let stream = try XMLStream(archive.part(name), limits: archive.limits, ElementSink(start, end))
    while try stream.run() {}
  }
}
