package import HTTP
import Records

/// A service that is asked over the network.
package struct RemoteProvider: Provider {
  package let name: ProviderName
  package let model: String
  package let endpoint: Endpoint
  private let dialect: any Dialect
  private let key: APIKey?
  private let longest: Int
  private let form: String?
  private let client: HTTPClient

  /// `longest` is the most tokens an answer may have, `form` the only way the schema is handed over; nil for a provider
  /// that is not remote.
  package init?(
    _ name: ProviderName, endpoint: Endpoint, model: String, key: APIKey?, longest: Int, form: String? = nil,
    client: HTTPClient
  ) {
    switch name {
    case .openai: dialect = ResponsesDialect()
    case .anthropic: dialect = MessagesDialect()
    case .compatible: dialect = ChatDialect()
    case .deterministic: return nil
    }
    (self.name, self.model, self.endpoint) = (name, model, endpoint)
    (self.key, self.longest, self.form, self.client) = (key, longest, form, client)
  }

  private func forms(_ question: Question) -> [Form] {
    dialect.forms(question, model: model, longest: longest).filter { form == nil || $0.name == form }
  }

  package func preview(_ question: Question) -> [Preview] {
    forms(question).map { form in
      let request = request(form, key: nil)
      let shown = request.headers.map { "\($0.name): \($0.value)" }
      return Preview(line: "\(request.method) \(request.address)", headers: shown, body: form.body.line)
    }
  }

  package func answer(_ question: Question) throws(InferenceFailure) -> Answer {
    var refusal = InferenceFailure.unexpected("it knows no form \(form ?? "")")
    for form in forms(question) {
      do throws(InferenceFailure) {
        let body = try body(of: send(request(form, key: key?.text)))
        let value = try dialect.value(of: body)
        if let problem = SchemaCheck.problem(value, question.schema) { throw InferenceFailure.offSchema(problem) }
        return Answer(value: value, model: body["model"]?.text ?? model, form: form.name)
      } catch {
        guard error.isAboutTheForm else { throw error }
        refusal = error
      }
    }
    throw refusal
  }

  /// The models the endpoint lists; nil where it has no such list.
  package func models() throws(InferenceFailure) -> [String]? {
    let request = HTTPRequest(endpoint, path: "/models", headers: dialect.headers(key: key?.text))
    do throws(InferenceFailure) {
      let body = try body(of: send(request))
      return body["data"].map { $0.items.compactMap { $0["id"]?.text } }
    } catch {
      if case .status(_, let status, _) = error, [400, 404, 405, 501].contains(status) { return nil }
      throw error
    }
  }

  private func request(_ form: Form, key: String?) -> HTTPRequest {
    let headers = [("Content-Type", "application/json")] + dialect.headers(key: key)
    return HTTPRequest(endpoint, path: dialect.path, headers: headers, body: Array(form.body.line.utf8))
  }

  private func send(_ request: HTTPRequest) throws(InferenceFailure) -> HTTPResponse {
    do { return try client.send(request) } catch { throw .http(error) }
  }

  /// The JSON of a good answer.
  private func body(of response: HTTPResponse) throws(InferenceFailure) -> JSON {
    let host = endpoint.authority
    if [401, 403].contains(response.status) { throw .keyRefused(host: host, status: response.status) }
    let text = String(validating: response.body, as: UTF8.self)
    let body = text.flatMap { JSON.parse($0) }
    guard response.status == 200 else { throw .status(host: host, response.status, words(of: body)) }
    guard text != nil else { throw .unexpected("its bytes are not UTF-8") }
    guard let body else { throw .unexpected("it is not JSON") }
    return body
  }

  /// What a server says is wrong, bounded, and without the key should it be repeated there.
  private func words(of body: JSON?) -> String {
    let error = body?["error"]
    let words = error?["message"]?.text ?? error?.text ?? body?["message"]?.text ?? ""
    return InferenceFailure.bounded(key?.removed(from: words) ?? words)
  }
}

/// A key that can be sent and nothing else: it prints as a blank.
package struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
  fileprivate let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { "(key)" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  fileprivate func removed(from words: String) -> String {
    guard !text.isEmpty else { return words }
    var out = ""
    var rest = words[...]
    while !rest.isEmpty {
      if rest.hasPrefix(text) {
        out += description
        rest = rest.dropFirst(text.count)
      } else if let character = rest.popFirst() {
        out.append(character)
      }
    }
    return out
  }
}
