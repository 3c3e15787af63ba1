// Loaded in front of the C library by tests of reliability (LD_PRELOAD): writes down what a program asks of the files below
// one folder, and lets one of those calls fail. FAULT_FOLDER is the folder and FAULT_LOG the file for the list, both with
// their whole paths; FAULT_AT counts the calls from 1, FAULT_AS is EIO, ENOSPC, EINTR or SHORT (a write of half the bytes).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int calls;
static int list = -2;

// One entry of the list: the kind of call, the offset, the number of bytes, the path with a zero behind it, the bytes.
static void note(char kind, const char *path, uint64_t offset, const void *bytes, uint64_t count) {
  int before = errno;
  if (list == -2) {
    list = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  struct iovec parts[] = {
    {&kind, 1}, {&offset, 8}, {&count, 8}, {(void *)path, strlen(path) + 1}, {(void *)bytes, count},
  };
  if (syscall(SYS_writev, list, parts, 5) < 0) abort();
  errno = before;
}

// Whether the path is below the folder.
static int watched(const char *path) {
  const char *folder = getenv("FAULT_FOLDER");
  return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int named(int descriptor, char *path) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX);
  path[length > 0 ? length : 0] = 0;
  return length > 0 && watched(path);
}

// The error this call is to fail with, 0 for none, -1 for half of it.
static int fault(char kind) {
  const char *at = getenv("FAULT_AT"), *as = getenv("FAULT_AS");
  if (++calls != (at ? atoi(at) : 0) || !as) return 0;
  if (strcmp(as, "EIO") == 0) return EIO;
  if (strcmp(as, "ENOSPC") == 0) return kind == 'u' ? 0 : ENOSPC;
  if (kind != 'w') return 0;
  return strcmp(as, "EINTR") == 0 ? EINTR : -1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// `call` is a write of `count` bytes at `offset`. One that fails by itself is in the list too, as 'x', and counts.
#define WRITE(call, offset)                                         \
  char path[PATH_MAX + 1];                                          \
  if (!named(descriptor, path)) return call;                        \
  int error = fault('w');                                           \
  if (error > 0) return errno = error, -1;                          \
  if (error < 0 && count > 1) count /= 2;                           \
  uint64_t place = offset;                                          \
  ssize_t written = call;                                           \
  note(written < 0 ? 'x' : 'w', path, place, bytes, written < 0 ? 0 : written); \
  return written;

ssize_t write(int descriptor, const void *bytes, size_t count) {
  WRITE(REAL(write)(descriptor, bytes, count), lseek(descriptor, 0, SEEK_CUR))
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  WRITE(REAL(pwrite)(descriptor, bytes, count, offset), offset)
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  WRITE(REAL(pwrite64)(descriptor, bytes, count, offset), offset)
}

// A library that writes by way of a FILE: what is called here reaches the disk with the next flush.
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream) {
  char path[PATH_MAX + 1];
  if (!named(fileno(stream), path)) return REAL(fwrite)(bytes, size, count, stream);
  int error = fault('w');
  if (error > 0) return errno = error, 0;
  if (error < 0) return REAL(fwrite)(bytes, size, count / 2, stream);
  uint64_t place = ftello(stream);
  size_t written = REAL(fwrite)(bytes, size, count, stream);
  note(written < count ? 'x' : 'w', path, place, bytes, written * size);
  return written;
}

// The same for calls about a descriptor or a path that answer 0, or a descriptor; `target` is the other path, if any.
#define OTHER(kind, call, is_watched, offset, target)               \
  if (!(is_watched)) return call;                                   \
  int error = fault(kind);                                          \
  if (error > 0) return errno = error, -1;                          \
  int result = call;                                                \
  note(result < 0 ? 'x' : kind, path, offset, target, strlen(target)); \
  return result;

int fsync(int descriptor) {
  char path[PATH_MAX + 1];
  OTHER('s', REAL(fsync)(descriptor), named(descriptor, path), 0, "")
}

int fdatasync(int descriptor) {
  char path[PATH_MAX + 1];
  OTHER('s', REAL(fdatasync)(descriptor), named(descriptor, path), 0, "")
}

int ftruncate(int descriptor, off_t length) {
  char path[PATH_MAX + 1];
  OTHER('t', REAL(ftruncate)(descriptor, length), named(descriptor, path), length, "")
}

int ftruncate64(int descriptor, off64_t length) {
  char path[PATH_MAX + 1];
  OTHER('t', REAL(ftruncate64)(descriptor, length), named(descriptor, path), length, "")
}

int unlink(const char *path) {
  OTHER('u', REAL(unlink)(path), watched(path), 0, "")
}

int rename(const char *path, const char *target) {
  OTHER('r', REAL(rename)(path, target), watched(path), 0, target)
}

int link(const char *path, const char *target) {
  OTHER('l', REAL(link)(path, target), watched(path), 0, target)
}

int mkdir(const char *path, mode_t mode) {
  OTHER('d', REAL(mkdir)(path, mode), watched(path), 0, "")
}

#define OPEN(name)                                                  \
  int name(const char *path, int flags, ...) {                      \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;             \
    va_end(rest);                                                   \
    int is_new = flags & O_CREAT && access(path, F_OK) != 0;        \
    OTHER('c', REAL(name)(path, flags, mode), is_new && watched(path), 0, "") \
  }

OPEN(open)
OPEN(open64)
