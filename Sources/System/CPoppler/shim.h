#pragma once
// poppler-glib opens and draws PDFs; cairo holds what is drawn. libc's search for a word among bytes is declared here because
// its header shows it only to programs that ask for GNU extensions before any other header.
#include <cairo.h>
#include <poppler.h>
#include <stddef.h>
#include <string.h>

extern void *memmem(const void *, size_t, const void *, size_t);

/// Where `word` first stands in `length` bytes, NULL for nowhere.
static inline const void *tl_find(const void *bytes, size_t length, const char *word) {
  return memmem(bytes, length, word, strlen(word));
}
