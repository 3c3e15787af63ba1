import CExpat
import Glibc

/// What takes in the events of a part.
///
/// A conformer is a struct that expat's callbacks reach by pointer, so that no event pays for a class.
protocol XMLSink {
  var control: XMLControl { get set }
  mutating func start(_ element: XMLElement)
  mutating func end()
  mutating func text(_ bytes: UnsafePointer<CChar>, _ count: Int)
  /// Callbacks for this type; written out by each, since a C function knows no generics.
  static var handlers: XMLHandlers { get }
}

struct XMLHandlers {
  let start: XML_StartElementHandler
  let end: XML_EndElementHandler
  let text: XML_CharacterDataHandler
  let doctype: XML_StartDoctypeDeclHandler
}

/// A sink's way to stop or halt its parser.
struct XMLControl {
  fileprivate(set) var parser: OpaquePointer?
  fileprivate(set) var part = ""
  /// Of the element that was begun or is being ended; the root has 1.
  fileprivate(set) var depth = 0
  fileprivate var limit = 64
  fileprivate(set) var failure: SpreadsheetError?
  fileprivate(set) var isStopped = false

  /// Ends the parse with an error; what follows is not delivered.
  mutating func fail(_ error: SpreadsheetError) {
    if isStopped { return }
    failure = error
    isStopped = true
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  /// Halts the parse after this event, to go on at the next `run`.
  func halt() { XML_StopParser(parser, XML_Bool(XML_TRUE)) }
}

enum XMLDelivery {
  @inline(__always)
  static func start<Sink: XMLSink>(
    _ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?, to _: Sink.Type
  ) {
    guard let sink = user?.assumingMemoryBound(to: Sink.self), let name, let attributes else { return }
    sink.pointee.control.depth &+= 1
    if sink.pointee.control.isStopped { return }
    if sink.pointee.control.depth > sink.pointee.control.limit {
      let line = Int(XML_GetCurrentLineNumber(sink.pointee.control.parser))
      let part = sink.pointee.control.part
      sink.pointee.control.fail(.xml(part: part, line: line, reason: "elements nested too deep"))
      return
    }
    sink.pointee.start(XMLElement(name, UnsafePointer(attributes)))
  }

  @inline(__always)
  static func end<Sink: XMLSink>(_ user: UnsafeMutableRawPointer?, to _: Sink.Type) {
    guard let sink = user?.assumingMemoryBound(to: Sink.self) else { return }
    if !sink.pointee.control.isStopped { sink.pointee.end() }
    sink.pointee.control.depth &-= 1
  }

  @inline(__always)
  static func text<Sink: XMLSink>(
    _ user: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32, to _: Sink.Type
  ) {
    guard let sink = user?.assumingMemoryBound(to: Sink.self), let bytes else { return }
    if !sink.pointee.control.isStopped { sink.pointee.text(bytes, Int(count)) }
  }

  static func doctype<Sink: XMLSink>(_ user: UnsafeMutableRawPointer?, to _: Sink.Type) {
    guard let sink = user?.assumingMemoryBound(to: Sink.self) else { return }
    let part = sink.pointee.control.part
    sink.pointee.control.fail(.dtd(part: part))
  }
}

/// A part on its way through expat into a sink.
///
/// Nothing outside of the part is ever opened; a document type declaration ends the parse.
final class XMLStream<Sink: XMLSink> {
  let sink: UnsafeMutablePointer<Sink>
  private let parser: OpaquePointer
  private let part: ZipPart
  private let tokenLimit: Int
  private var fed = 0
  private var isHalted = false
  private var atEnd = false

  private static var chunk: Int { 64 << 10 }

  init(_ part: ZipPart, limits: SpreadsheetLimits, _ first: Sink) throws(SpreadsheetError) {
    guard let parser = XML_ParserCreate(nil) else { throw .read(errno: ENOMEM) }
    self.part = part
    self.parser = parser
    tokenLimit = limits.tokenBytes
    sink = .allocate(capacity: 1)
    sink.initialize(to: first)
    sink.pointee.control.parser = parser
    sink.pointee.control.part = part.name
    sink.pointee.control.limit = limits.depth
    let handlers = Sink.handlers
    XML_SetUserData(parser, sink)
    XML_SetElementHandler(parser, handlers.start, handlers.end)
    XML_SetCharacterDataHandler(parser, handlers.text)
    XML_SetStartDoctypeDeclHandler(parser, handlers.doctype)
  }

  deinit {
    XML_ParserFree(parser)
    sink.deinitialize(count: 1)
    sink.deallocate()
  }

  /// Feeds the sink until it halts (true) or the part ends (false).
  func run() throws(SpreadsheetError) -> Bool {
    while true {
      let status: XML_Status
      if isHalted {
        isHalted = false
        status = XML_ResumeParser(parser)
      } else if atEnd {
        return false
      } else {
        status = try feed()
      }
      if status == XML_STATUS_SUSPENDED {
        isHalted = true
        return true
      }
      if status != XML_STATUS_OK { throw failure() }
      if !atEnd, fed - max(0, Int(XML_GetCurrentByteIndex(parser))) > tokenLimit {
        throw .xml(part: part.name, line: line, reason: "a tag, comment or attribute of more than \(tokenLimit) bytes")
      }
    }
  }

  private func feed() throws(SpreadsheetError) -> XML_Status {
    guard let buffer = XML_GetBuffer(parser, Int32(Self.chunk)) else { throw .read(errno: ENOMEM) }
    let count = try part.read(into: buffer, count: Self.chunk)
    fed += count
    atEnd = count == 0
    return XML_ParseBuffer(parser, Int32(count), atEnd ? 1 : 0)
  }

  private var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  private func failure() -> SpreadsheetError {
    if let failure = sink.pointee.control.failure { return failure }
    let code = XML_GetErrorCode(parser)
    if code == XML_ERROR_NO_MEMORY { return .read(errno: ENOMEM) }
    return .xml(part: part.name, line: line, reason: XML_ErrorString(code).map { String(cString: $0) } ?? "not XML")
  }
}
