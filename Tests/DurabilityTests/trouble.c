// What a disk that has become read-only and a clock that jumps do to a program, without the rights to do so to a machine:
// preloaded (LD_PRELOAD), it stands before the C library. troubles.py says what is wrong now in the 16 bytes of the file
// TROUBLE_STATE; the folder TROUBLE_FOLDER is what lies on that disk. The errors are the kernel's: EROFS, and from files
// that were open before it, too, as after ext4 has remounted itself.
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
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct state {
  volatile int64_t read_only;
  volatile int64_t shift_seconds;
};

static struct state none;
static struct state *state = &none;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("TROUBLE_STATE");
  folder = getenv("TROUBLE_FOLDER");
  int file = path ? open(path, O_RDWR) : -1;
  if (file < 0 || !folder) return;
  void *mapped = mmap(0, sizeof(struct state), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) state = mapped;
  close(file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_held(const char *path) {
  if (!state->read_only || !path) return 0;
  if (!strncmp(path, folder, strlen(folder))) { errno = EROFS; return 1; }
  return 0;
}

static int is_held_file(int file) {
  if (!state->read_only) return 0;
  char link[64], path[PATH_MAX];
  int kept = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = kept;
  if (length < 0) return 0;
  path[length] = 0;
  return is_held(path);
}

ssize_t write(int file, const void *bytes, size_t count) {
  return is_held_file(file) ? -1 : REAL(write)(file, bytes, count);
}
ssize_t writev(int file, const struct iovec *pieces, int count) {
  return is_held_file(file) ? -1 : REAL(writev)(file, pieces, count);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  return is_held_file(file) ? -1 : REAL(pwrite)(file, bytes, count, at);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  return is_held_file(file) ? -1 : REAL(pwrite64)(file, bytes, count, at);
}
int ftruncate(int file, off_t length) { return is_held_file(file) ? -1 : REAL(ftruncate)(file, length); }
int ftruncate64(int file, off64_t length) { return is_held_file(file) ? -1 : REAL(ftruncate64)(file, length); }
int unlink(const char *path) { return is_held(path) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return is_held(path) ? -1 : REAL(mkdir)(path, mode); }
int rename(const char *from, const char *to) { return is_held(to) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return is_held(to) ? -1 : REAL(link)(from, to); }

#define WRITES(flags) (((flags)&O_ACCMODE) != O_RDONLY || ((flags)&O_CREAT))
#define OPENING(name)                                    \
  int name(const char *path, int flags, ...) {           \
    va_list more;                                        \
    va_start(more, flags);                               \
    mode_t mode = va_arg(more, mode_t);                  \
    va_end(more);                                        \
    if (WRITES(flags) && is_held(path)) return -1;       \
    return REAL(name)(path, flags, mode);                \
  }
OPENING(open)
OPENING(open64)

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = REAL(clock_gettime)(clock, time);
  if (!result && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += state->shift_seconds;
  return result;
}
int gettimeofday(struct timeval *time, void *zone) {
  int result = REAL(gettimeofday)(time, zone);
  if (!result) time->tv_sec += state->shift_seconds;
  return result;
}
time_t time(time_t *kept) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (kept) *kept = now.tv_sec;
  return now.tv_sec;
}
