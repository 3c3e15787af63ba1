import Glibc

/// Lets signals that end a program wait until a call is done.
///
/// libxlsxwriter makes its temporary files under a name and takes the name away right after; a signal between the two would
/// leave the file behind.
enum HeldSignals {
  static func during<Result>(_ body: () -> Result) -> Result {
    var held = sigset_t()
    var before = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }
}
