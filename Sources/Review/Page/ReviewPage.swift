import Digest
import Domain
import Pages
import Records

/// A change set as one HTML file to review it by: pages left, fields right, nothing fetched and nothing sent.
///
/// Its style and script are allowed by their hashes alone; everything else is text.
package struct ReviewPage {
  private let sheet: ReviewSheet
  private let view: (QuotedPage) throws -> PageView

  /// `view` is asked once for each page, in order, so that one picture is held at a time.
  package init(_ sheet: ReviewSheet, view: @escaping (QuotedPage) throws -> PageView) {
    self.sheet = sheet
    self.view = view
  }

  /// Hands over the file piece by piece; the same sheet and pictures give the same bytes.
  package func write(_ out: (String) throws -> Void) throws {
    let style = String(decoding: PackageResources.page_css, as: UTF8.self)
    let script = String(decoding: PackageResources.page_js, as: UTF8.self)
    try out(head(style, script) + bar)
    try out("<main>\n<section class=\"pages\" id=\"pages\" aria-label=\"Pages of the documents\" tabindex=\"0\">\n")
    let pages = sheet.pages
    if pages.isEmpty { try out("<p class=\"none-left\">No field of this change set has a quote.</p>\n") }
    for page in pages {
      let isClosed = sheet.document(page.document)?.isClosed ?? false
      try out(
        figure(page, isClosed ? .none("Only exec and finance may see this page: it shows prices.") : try view(page)))
    }
    try out("</section>\n" + fields + "</main>\n" + Self.help)
    try out("<p class=\"unseen\" id=\"said\" role=\"status\" aria-live=\"polite\"></p>\n")
    try out("<script>\(script)</script>\n</body>\n</html>\n")
  }

  // MARK: Head

  private func head(_ style: String, _ script: String) -> String {
    func hash(_ text: String) -> String {
      var digest = SHA256()
      digest.update(text)
      return "'sha256-\(Base64.encode(digest.finish()))'"
    }
    let policy =
      "default-src 'none'; img-src data:; style-src \(hash(style)); script-src \(hash(script)); "
      + "base-uri 'none'; form-action 'none'"
    return """
      <!DOCTYPE html>
      <html lang="en"\(Markup.attribute("data-set", sheet.changeSet))\(Markup.attribute("data-digest", sheet.digest))>
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(Markup.text(sheet.changeSet)) review</title>
      <link rel="icon" href="data:,">
      <style>\(style)</style>
      </head>
      <body>

      """
  }

  private var bar: String {
    let mandatory = sheet.items.count { $0.mandatory != nil }
    let banner = sheet.banner.isEmpty ? "" : "<p class=\"banner\">\(Markup.text(sheet.banner))</p>\n"
    let names = sheet.documents.map(\.name).joined(separator: ", ")
    return """
      <a class="jump" href="#items">To the fields</a>
      <header class="bar">
      \(banner)<div class="what">
      <h1>\(Markup.text(sheet.changeSet))</h1>
      <p title="\(Markup.text(names))">\(Markup.text(names)) · proposed by \(Markup.text(sheet.author)) on \
      \(Markup.text(String(sheet.createdAt.prefix(10))))</p>
      <p class="paper">content sha256 \(Markup.text(sheet.digest))</p>
      </div>
      <div class="how">
      <p><span><b id="done">0/\(sheet.items.count)</b> decided</span> <span class="left-must" id="left">\(mandatory) \
      mandatory left</span></p>
      <progress id="bar" max="\(max(1, sheet.items.count))" value="0" aria-label="Decided"></progress>
      </div>
      <div class="tools">
      <button type="button" id="large" aria-pressed="false">Larger page<kbd>o</kbd></button>
      <button type="button" id="rest">Approve others<kbd>A</kbd></button>
      <button type="button" id="resume">Resume…</button>
      <button type="button" class="main" id="save">Save decisions<kbd>q</kbd></button>
      <button type="button" id="keys" aria-label="Keys">?</button>
      <input type="file" id="file" hidden aria-label="Decisions saved before">
      </div>
      </header>

      """
  }

  // MARK: Left

  private func figure(_ page: QuotedPage, _ view: PageView) -> String {
    let document = sheet.document(page.document)
    let name = Markup.text(document?.name ?? String(page.document.prefix(12)))
    let total = document?.pages.map { " of \($0)" } ?? ""
    let caption = "<figcaption><b>\(name)</b> <span>page \(page.number)\(total)</span></figcaption>"
    switch view {
    case .none(let why):
      return "<figure class=\"page\">\(caption)<div class=\"sheet blank\">\(Markup.text(why))</div></figure>\n"
    case .image(let image):
      return """
        <figure class="page">\(caption)<div class="sheet">\
        <img alt="Page \(page.number) of \(name)" width="\(image.width / 500)" height="\(image.height / 500)" loading="lazy" \
        src="data:image/png;base64,\(Base64.encode(image.png))">\
        <svg viewBox="0 0 \(image.width) \(image.height)" preserveAspectRatio="none" aria-hidden="true">\(boxes(on: page))</svg>\
        </div></figure>

        """
    }
  }

  /// One rectangle for each place, with the numbers of all items that are quoted from it.
  private func boxes(on page: QuotedPage) -> String {
    var text = ""
    var drawn: Set<String> = []
    let items = sheet.items.filter {
      $0.quote?.evidence.document == page.document && $0.quote?.evidence.page == page.number
    }
    for item in items {
      for box in item.quote?.evidence.boxes ?? [] {
        // A little air around the words.
        let place =
          " x=\"\(box.x0 - 1500)\" y=\"\(box.y0 - 1200)\" width=\"\(box.width + 3000)\" height=\"\(box.height + 2400)\""
        guard drawn.insert(place).inserted else { continue }
        let own = items.filter { $0.quote?.evidence.boxes.contains(box) == true }
        let must = own.contains { $0.mandatory != nil } ? " must" : ""
        text +=
          "<rect class=\"box\(must)\" rx=\"1500\"\(place) data-items=\""
          + own.map { String($0.number) }.joined(separator: " ") + "\"></rect>"
      }
    }
    return text
  }

  // MARK: Right

  private var fields: String {
    """
    <section class="fields" aria-label="Fields">
    <div class="filters">
    <div class="kinds" role="group" aria-label="Which fields">
    <button type="button" data-kind="all" aria-pressed="true">All</button>
    <button type="button" data-kind="open" aria-pressed="false">Undecided</button>
    <button type="button" data-kind="must" aria-pressed="false">Mandatory</button>
    <button type="button" data-kind="doubt" aria-pressed="false">Doubtful</button>
    </div>
    <input id="filter" type="search" placeholder="Filter  /" aria-label="Filter the fields">
    <p>\(sheet.items.count) fields, the least sure first. The number says how surely a value was read, 1.00 being wholly sure.</p>
    </div>
    <ol class="items" id="items" aria-label="Fields, the least sure first">
    \(sheet.items.map { FieldCard(sheet: sheet, item: $0).html }.joined())\
    <li class="none-left" id="empty" hidden>No field fits the filter.</li>
    </ol>
    </section>

    """
  }

  private static let help = """
    <dialog id="help" aria-labelledby="help-title">
    <h2 id="help-title">Keys, while the list of fields has the focus</h2>
    <p>Monthly charges, fees and terms are mandatory: each is acknowledged on its own, with its quote on the screen.</p>
    <dl>
    <dt><kbd>Tab</kbd> <kbd>j</kbd> <kbd>↓</kbd></dt><dd>next field; back: <kbd>Shift Tab</kbd> <kbd>J</kbd> <kbd>↑</kbd></dd>
    <dt><kbd>Enter</kbd></dt><dd>next undecided field</dd>
    <dt><kbd>k</kbd></dt><dd>acknowledge a mandatory field</dd>
    <dt><kbd>a</kbd></dt><dd>approve any other field</dd>
    <dt><kbd>e</kbd></dt><dd>write it anew; <kbd>Enter</kbd> takes it over, <kbd>Esc</kbd> leaves it</dd>
    <dt><kbd>r</kbd> <kbd>s</kbd></dt><dd>reject, skip</dd>
    <dt><kbd>c</kbd></dt><dd>comment; <kbd>Esc</kbd> back to the field</dd>
    <dt><kbd>A</kbd></dt><dd>approve all others that the filter shows, never mandatory ones</dd>
    <dt><kbd>/</kbd></dt><dd>filter</dd>
    <dt><kbd>o</kbd></dt><dd>larger page</dd>
    <dt><kbd>q</kbd></dt><dd>save the decisions as a file</dd>
    </dl>
    <p>This page changes nothing by itself. The saved file counts once somebody who may approve runs
    trunkline review apply FILE at a terminal.</p>
    <button type="button" class="main" id="close">Close</button>
    </dialog>

    """
}
