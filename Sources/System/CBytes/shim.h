#pragma once
// Byte work that needs the processor's own instructions: 64-byte equality masks, CRC-32C, and fetching memory ahead.
// Header only, so that Swift inlines it; each has a plain C branch for other processors.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Asks for the memory at `p` without waiting for it.
static inline void tl_prefetch(const void *p) { __builtin_prefetch(p); }

#if defined(__SSE2__)
#include <emmintrin.h>
/// A bit for each of the 64 bytes at `p` that equals `byte`.
static inline uint64_t tl_equal64(const uint8_t *p, uint8_t byte) {
  __m128i c = _mm_set1_epi8((char)byte);
  uint64_t a = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)p), c));
  uint64_t b = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + 16)), c));
  uint64_t d = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + 32)), c));
  uint64_t e = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + 48)), c));
  return a | (b << 16) | (d << 32) | (e << 48);
}
#else
static inline uint64_t tl_equal64(const uint8_t *p, uint8_t byte) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == byte) << i;
  return mask;
}
#endif

static inline uint32_t tl_crc32c_plain(uint32_t crc, const uint8_t *p, size_t n) {
  for (size_t i = 0; i < n; i++) {
    crc ^= p[i];
    for (int k = 0; k < 8; k++) crc = (crc >> 1) ^ (0x82F63B78u & (0u - (crc & 1)));
  }
  return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t tl_crc32c_sse42(uint32_t crc, const uint8_t *p, size_t n) {
  uint64_t c = crc;
  while (n >= 8) {
    uint64_t w;
    memcpy(&w, p, 8);
    c = __builtin_ia32_crc32di(c, w);
    p += 8;
    n -= 8;
  }
  crc = (uint32_t)c;
  while (n--) crc = __builtin_ia32_crc32qi(crc, *p++);
  return crc;
}
/// CRC-32C (Castagnoli) of `n` bytes, continuing from `crc` (start with 0).
static inline uint32_t tl_crc32c(uint32_t crc, const uint8_t *p, size_t n) {
  return ~(__builtin_cpu_supports("sse4.2") ? tl_crc32c_sse42(~crc, p, n) : tl_crc32c_plain(~crc, p, n));
}
#else
static inline uint32_t tl_crc32c(uint32_t crc, const uint8_t *p, size_t n) { return ~tl_crc32c_plain(~crc, p, n); }
#endif
