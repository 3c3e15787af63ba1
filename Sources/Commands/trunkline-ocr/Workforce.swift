import CLI
import Glibc
import Process
import Recognition
import Records

/// Processes that recognise pages, each with an engine of its own; a page that ends one costs that page alone.
final class Workforce {
  struct Folders {
    let documents: String
    let cache: String
  }

  private let requests: [PageRequest]
  private let arguments: [String]
  private var workers: [Worker?]
  private var answers: [Int: PageAnswer] = [:]
  private var next = 0
  private var done = 0
  /// How many answers may wait for those before them.
  private let ahead: Int

  init(_ requests: [PageRequest], _ settings: RecognitionSettings, folders: Folders, count: Int) throws {
    self.requests = requests
    let count = min(count, requests.count)
    // One thread a page: several for one page cost twice the processor time. The engine reads this when it is loaded.
    setenv("OMP_THREAD_LIMIT", "1", 1)
    arguments = [settings.languages, String(settings.dpi), folders.documents, folders.cache]
    ahead = 8 * count
    workers = Array(repeating: nil, count: count)
    try hire(0)
  }

  /// What became of a job; jobs are asked for in their order. `tick` hears how many are done.
  func answer(_ job: Int, _ tick: (Int) -> Void) throws -> PageAnswer {
    while true {
      try assign(from: job)
      if let answer = answers.removeValue(forKey: job) { return answer }
      try listen()
      tick(done)
    }
  }

  private func assign(from job: Int) throws {
    for index in workers.indices where workers[index]?.job == nil && next < min(requests.count, job + ahead) {
      if workers[index] == nil { try hire(index) }
      workers[index]?.start(next, requests[next])
      next += 1
    }
  }

  private func hire(_ index: Int) throws {
    let worker = try Worker(Chain.besideProgram("trunkline-recognise"), arguments)
    switch worker.hello() {
    case .ready: workers[index] = worker
    case .refused(let reason):
      throw Failure(
        .configuration, reason, hint: "install it (Debian: apt-get install tesseract-ocr-NAME), or choose --languages")
    }
  }

  /// Waits until some worker says or does something.
  private func listen() throws {
    let busy = workers.indices.filter { workers[$0]?.job != nil }
    var watched = busy.map { pollfd(fd: workers[$0]?.output ?? -1, events: Int16(POLLIN), revents: 0) }
    guard poll(&watched, nfds_t(watched.count), 1000) >= 0 || errno == EINTR else {
      throw WireError.input(errno: errno)
    }
    for (index, state) in zip(busy, watched) where state.revents != 0 {
      guard let worker = workers[index], let job = worker.job, let said = worker.hear() else { continue }
      answers[job] = said.answer
      done += 1
      if said.isGone { workers[index] = nil }
    }
  }
}
