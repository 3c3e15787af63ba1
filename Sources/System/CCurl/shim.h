#pragma once
// libcurl, loaded when a request is first sent: linking it would load TLS, Kerberos and some thirty other libraries at the
// start of every command, network or not. The header is used for its types alone; variadic calls get one shim per type.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <stddef.h>

/// The library, NULL when it is not installed.
static inline void *tl_libcurl(void) {
  static void *library;
  void *loaded = __atomic_load_n(&library, __ATOMIC_ACQUIRE);
  if (!loaded) {
    loaded = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    __atomic_store_n(&library, loaded, __ATOMIC_RELEASE);
  }
  return loaded;
}

// tl_curl_symbol(NAME) looks a function up. Only to be called once tl_libcurl() has answered.
static inline void *tl_curl_symbol(const char *name) { return dlsym(tl_libcurl(), name); }

static inline CURLcode tl_curl_start(void) {
  return ((CURLcode(*)(long))tl_curl_symbol("curl_global_init"))(CURL_GLOBAL_DEFAULT);
}

static inline CURL *tl_curl_new(void) { return ((CURL * (*)(void)) tl_curl_symbol("curl_easy_init"))(); }

static inline void tl_curl_free(CURL *handle) { ((void (*)(CURL *))tl_curl_symbol("curl_easy_cleanup"))(handle); }

static inline CURLcode tl_curl_perform(CURL *handle) {
  return ((CURLcode(*)(CURL *))tl_curl_symbol("curl_easy_perform"))(handle);
}

static inline const char *tl_curl_text(CURLcode code) {
  return ((const char *(*)(CURLcode))tl_curl_symbol("curl_easy_strerror"))(code);
}

static inline struct curl_slist *tl_curl_append(struct curl_slist *list, const char *line) {
  return ((struct curl_slist * (*)(struct curl_slist *, const char *)) tl_curl_symbol("curl_slist_append"))(list, line);
}

static inline void tl_curl_free_list(struct curl_slist *list) {
  ((void (*)(struct curl_slist *))tl_curl_symbol("curl_slist_free_all"))(list);
}

typedef CURLcode (*tl_curl_setter)(CURL *, CURLoption, ...);
typedef CURLcode (*tl_curl_getter)(CURL *, CURLINFO, ...);

static inline CURLcode tl_curl_set_long(CURL *handle, CURLoption option, long value) {
  return ((tl_curl_setter)tl_curl_symbol("curl_easy_setopt"))(handle, option, value);
}

static inline CURLcode tl_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return ((tl_curl_setter)tl_curl_symbol("curl_easy_setopt"))(handle, option, value);
}

static inline CURLcode tl_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return ((tl_curl_setter)tl_curl_symbol("curl_easy_setopt"))(handle, option, value);
}

static inline CURLcode tl_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
  return ((tl_curl_setter)tl_curl_symbol("curl_easy_setopt"))(handle, option, value);
}

static inline CURLcode tl_curl_set_writer(CURL *handle, size_t (*take)(char *, size_t, size_t, void *)) {
  return ((tl_curl_setter)tl_curl_symbol("curl_easy_setopt"))(handle, CURLOPT_WRITEFUNCTION, take);
}

static inline CURLcode tl_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return ((tl_curl_getter)tl_curl_symbol("curl_easy_getinfo"))(handle, info, value);
}

static inline CURLcode tl_curl_get_size(CURL *handle, CURLINFO info, curl_off_t *value) {
  return ((tl_curl_getter)tl_curl_symbol("curl_easy_getinfo"))(handle, info, value);
}

static inline CURLcode tl_curl_get_text(CURL *handle, CURLINFO info, char **value) {
  return ((tl_curl_getter)tl_curl_symbol("curl_easy_getinfo"))(handle, info, value);
}
