import CCurl

/// libcurl, loaded and started once, by the first request.
enum CurlLibrary {
  static let isReady = tl_libcurl() != nil && tl_curl_start() == CURLE_OK
}

/// Bytes that arrive, up to a limit.
final class BoundedBytes {
  private let limit: Int
  private(set) var bytes: [UInt8] = []
  private(set) var isOverflown = false

  init(limit: Int) { self.limit = limit }

  /// False, and nothing taken, once there are more than the limit.
  func take(_ more: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count + more.count <= limit else {
      isOverflown = true
      return false
    }
    bytes.append(contentsOf: more)
    return true
  }
}

/// One transfer of libcurl.
struct CurlHandle: ~Copyable {
  private let handle: UnsafeMutableRawPointer
  private var list: UnsafeMutablePointer<curl_slist>?

  init?() {
    guard let handle = tl_curl_new() else { return nil }
    self.handle = handle
  }

  deinit {
    tl_curl_free(handle)
    tl_curl_free_list(list)
  }

  borrowing func set(_ option: CURLoption, _ value: Int) -> Bool { tl_curl_set_long(handle, option, value) == CURLE_OK }

  borrowing func set(_ option: CURLoption, _ text: String) -> Bool {
    tl_curl_set_text(handle, option, text) == CURLE_OK
  }

  /// Header lines; a name with a colon alone takes libcurl's own away.
  mutating func set(headers: [String]) -> Bool {
    for line in headers {
      guard let longer = tl_curl_append(list, line) else { return false }
      list = longer
    }
    return tl_curl_set_pointer(handle, CURLOPT_HTTPHEADER, list) == CURLE_OK
  }

  /// Runs the transfer; the body is borrowed while it lasts.
  borrowing func perform(body: [UInt8], into answer: BoundedBytes) -> CURLcode {
    let target = Unmanaged.passUnretained(answer).toOpaque()
    guard tl_curl_set_pointer(handle, CURLOPT_WRITEDATA, target) == CURLE_OK,
      tl_curl_set_writer(
        handle,
        { bytes, size, count, target in
          guard let bytes, let target else { return 0 }
          let answer = Unmanaged<BoundedBytes>.fromOpaque(target).takeUnretainedValue()
          return answer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }) == CURLE_OK
    else { return CURLE_FAILED_INIT }
    return withExtendedLifetime(answer) {
      body.withUnsafeBytes { bytes in
        guard bytes.isEmpty || give(bytes) else { return CURLE_FAILED_INIT }
        return tl_curl_perform(handle)
      }
    }
  }

  private borrowing func give(_ body: UnsafeRawBufferPointer) -> Bool {
    tl_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
      && tl_curl_set_pointer(handle, CURLOPT_POSTFIELDS, body.baseAddress) == CURLE_OK
  }

  borrowing func long(_ info: CURLINFO) -> Int {
    var value = 0
    return tl_curl_get_long(handle, info, &value) == CURLE_OK ? value : 0
  }

  /// Empty when there is none.
  borrowing func text(_ info: CURLINFO) -> String {
    var value: UnsafeMutablePointer<CChar>?
    guard tl_curl_get_text(handle, info, &value) == CURLE_OK, let value else { return "" }
    return String(cString: value)
  }

  borrowing func size(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return tl_curl_get_size(handle, info, &value) == CURLE_OK ? Int(value) : 0
  }

  /// libcurl's words for a code, which never quote what was sent.
  static func explanation(of code: CURLcode) -> String {
    guard let words = tl_curl_text(code) else { return "error \(code.rawValue)" }
    let text = String(cString: words)
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
