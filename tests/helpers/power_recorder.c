/* SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
   SPDX-License-Identifier: Apache-2.0

   Preloaded into a program, this writes down whatever the program does to the files of one folder, in order, and what it
   says on its standard output, so that a test can rebuild the disk as a power cut would have left it (power_cuts.py).

   A record: what (1 byte), offset (8), length of the name (4), length of the data (4), name, data; little endian.
   C a name appears, D a folder does, W bytes are written, T a file is cut, S a file or folder is flushed, U a name goes,
   R a name becomes another, A the program has said something. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 1024

static char *names[MOST_FILES]; /* of the open files that lie in the folder; the folder itself is "." */
static int record_file = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t real_write(int file, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(file, data, size);
}

static void put(const void *data, size_t size) {
    if (real_write(record_file, data, size) != (ssize_t)size) abort(); /* a gap would be a lie */
}

static void record(char what, const char *name, int64_t offset, const void *data, uint32_t size) {
    pthread_mutex_lock(&turn);
    if (record_file < 0) {
        REAL(int, "open", const char *, int, ...);
        record_file = real(getenv("POWER_RECORD"), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (record_file < 0) abort();
    }
    uint32_t length = strlen(name);
    put(&what, 1);
    put(&offset, 8);
    put(&length, 4);
    put(&size, 4);
    put(name, length);
    if (size) put(data, size);
    pthread_mutex_unlock(&turn);
}

static const char *inside(const char *path) {
    const char *folder = getenv("POWER_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return ".";
    return path[length] == '/' ? path + length + 1 : NULL;
}

static const char *name_of(int file) { return file >= 0 && file < MOST_FILES ? names[file] : NULL; }

static int opened(int file, const char *path, int flags, int was_there) {
    const char *name = inside(path);
    if (file < 0 || file >= MOST_FILES) return file;
    free(names[file]);
    names[file] = name ? strdup(name) : NULL;
    if (name && !was_there) record('C', name, 0, NULL, 0);
    if (name && was_there && (flags & O_TRUNC)) record('T', name, 0, NULL, 0);
    return file;
}

#define OPEN(function) \
    int function(const char *path, int flags, ...) { \
        REAL(int, #function, const char *, int, ...); \
        va_list more; \
        va_start(more, flags); \
        int mode = flags & O_CREAT ? va_arg(more, int) : 0; \
        va_end(more); \
        int was_there = access(path, F_OK) == 0; \
        return opened(real(path, flags, mode), path, flags, was_there); \
    }
OPEN(open)
OPEN(open64)

int close(int file) {
    REAL(int, "close", int);
    if (file >= 0 && file < MOST_FILES) {
        free(names[file]);
        names[file] = NULL;
    }
    return real(file);
}

ssize_t write(int file, const void *data, size_t size) {
    const char *name = name_of(file);
    if (file == STDOUT_FILENO) record('A', "", 0, data, size);
    if (name) record('W', name, lseek(file, 0, SEEK_CUR), data, size);
    return real_write(file, data, size);
}

#define PWRITE(function, place) \
    ssize_t function(int file, const void *data, size_t size, place offset) { \
        REAL(ssize_t, #function, int, const void *, size_t, place); \
        const char *name = name_of(file); \
        if (name) record('W', name, offset, data, size); \
        return real(file, data, size, offset); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define CUT(function, place) \
    int function(int file, place size) { \
        REAL(int, #function, int, place); \
        const char *name = name_of(file); \
        if (name) record('T', name, size, NULL, 0); \
        return real(file, size); \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define FLUSH(function) \
    int function(int file) { \
        REAL(int, #function, int); \
        int result = real(file); \
        const char *name = name_of(file); \
        if (name && result == 0) record('S', name, 0, NULL, 0); \
        return result; \
    }
FLUSH(fsync)
FLUSH(fdatasync)

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    const char *name = inside(path);
    int result = real(path);
    if (name && result == 0) record('U', name, 0, NULL, 0);
    return result;
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    const char *name = inside(path);
    int result = real(path, mode);
    if (name && result == 0) record('D', name, 0, NULL, 0);
    return result;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    const char *before = inside(from), *after = inside(to);
    int result = real(from, to);
    if (before && after && result == 0) record('R', before, 0, after, strlen(after));
    return result;
}
