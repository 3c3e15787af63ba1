#pragma once
// libpq, loaded when a Postgres database is first opened. Linking it would load some thirty libraries (Kerberos, LDAP,
// TLS) at the start of every command, Postgres or not. The header is used for its types alone.
#include <dlfcn.h>
#include <stddef.h>
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

/// The library, NULL when it is not installed.
static inline void *tl_libpq(void) {
  static void *library;
  void *loaded = __atomic_load_n(&library, __ATOMIC_ACQUIRE);
  if (!loaded) {
    loaded = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    __atomic_store_n(&library, loaded, __ATOMIC_RELEASE);
  }
  return loaded;
}

// tl_NAME calls NAME of the library. Only to be called once tl_libpq() has answered: PQconnectdbParams comes first.
#define TL_PQ(result, name, parameters, arguments)                        \
  static inline result tl_##name parameters {                             \
    static result(*function) parameters;                                  \
    result(*known) parameters = __atomic_load_n(&function, __ATOMIC_ACQUIRE); \
    if (!known) {                                                         \
      known = (result(*) parameters)dlsym(tl_libpq(), #name);             \
      __atomic_store_n(&function, known, __ATOMIC_RELEASE);               \
    }                                                                     \
    return known arguments;                                               \
  }

TL_PQ(PGconn *, PQconnectdbParams, (const char *const *keys, const char *const *values, int expand), (keys, values, expand))
TL_PQ(void, PQfinish, (PGconn * c), (c))
TL_PQ(ConnStatusType, PQstatus, (const PGconn *c), (c))
TL_PQ(PGTransactionStatusType, PQtransactionStatus, (const PGconn *c), (c))
TL_PQ(char *, PQerrorMessage, (const PGconn *c), (c))
TL_PQ(PGresult *, PQexec, (PGconn * c, const char *sql), (c, sql))
TL_PQ(PGresult *, PQexecParams,
      (PGconn * c, const char *sql, int n, const Oid *types, const char *const *values, const int *lengths,
       const int *formats, int format),
      (c, sql, n, types, values, lengths, formats, format))
TL_PQ(PGresult *, PQprepare, (PGconn * c, const char *name, const char *sql, int n, const Oid *types),
      (c, name, sql, n, types))
TL_PQ(PGresult *, PQexecPrepared,
      (PGconn * c, const char *name, int n, const char *const *values, const int *lengths, const int *formats,
       int format),
      (c, name, n, values, lengths, formats, format))
TL_PQ(PGresult *, PQgetResult, (PGconn * c), (c))
TL_PQ(int, PQputCopyData, (PGconn * c, const char *bytes, int n), (c, bytes, n))
TL_PQ(int, PQputCopyEnd, (PGconn * c, const char *error), (c, error))
TL_PQ(ExecStatusType, PQresultStatus, (const PGresult *r), (r))
TL_PQ(char *, PQresultErrorField, (const PGresult *r, int field), (r, field))
TL_PQ(void, PQclear, (PGresult * r), (r))
TL_PQ(int, PQntuples, (const PGresult *r), (r))
TL_PQ(int, PQnfields, (const PGresult *r), (r))
TL_PQ(char *, PQfname, (const PGresult *r, int column), (r, column))
TL_PQ(Oid, PQftype, (const PGresult *r, int column), (r, column))
TL_PQ(char *, PQgetvalue, (const PGresult *r, int row, int column), (r, row, column))
TL_PQ(int, PQgetlength, (const PGresult *r, int row, int column), (r, row, column))
TL_PQ(int, PQgetisnull, (const PGresult *r, int row, int column), (r, row, column))
TL_PQ(char *, PQcmdTuples, (PGresult * r), (r))
TL_PQ(char *, PQcmdStatus, (PGresult * r), (r))
TL_PQ(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn * c, PQnoticeProcessor f, void *argument), (c, f, argument))

#undef TL_PQ

static inline void tl_ignore_notice(void *argument, const char *message) {
  (void)argument;
  (void)message;
}

/// Keeps the library from writing the server's notices to standard error.
static inline void tl_silence(PGconn *connection) { tl_PQsetNoticeProcessor(connection, tl_ignore_notice, NULL); }
