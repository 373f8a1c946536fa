/* Loaded before a program's own libraries: keeps a second folder that holds only what the program synced.
   POWER_ROOT is watched, POWER_SHADOW gets a file's bytes when they are synced, a new name when its folder is
   synced, and loses a name when it is removed. What is there when all processes stop is what a power cut leaves:
   the harshest one, in which nothing survives that nobody asked for. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef int (*sync_call)(int);
static const char *root, *shadow;

__attribute__((constructor)) static void begin(void) {
    root = getenv("POWER_ROOT");
    shadow = getenv("POWER_SHADOW");
    if (root) root = strdup(root); /* a database server writes its title over its environment */
    if (shadow) shadow = strdup(shadow);
}

/* Writes the shadow's name for a path of ours; 0 for a path that is not watched. */
static int shadowed(const char *path, char *name) {
    size_t length = root ? strlen(root) : 0;
    if (!length || strncmp(path, root, length) || (path[length] && path[length] != '/')) return 0;
    return snprintf(name, PATH_MAX, "%s/now%s", shadow, path + length) < PATH_MAX;
}

static void inode_name(ino_t inode, char *name) {
    snprintf(name, PATH_MAX, "%s/inodes/%lu", shadow, (unsigned long)inode);
}

/* One at a time, or an older copy could come to lie over a newer one. */
static int lock(void) {
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%s/lock", shadow);
    int held = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (held >= 0) flock(held, LOCK_EX);
    return held;
}

static void make_above(char *name) {
    for (char *at = strchr(name + strlen(shadow) + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        mkdir(name, 0700);
        *at = '/';
    }
}

static void put(const char *from, const char *to) {
    char part[PATH_MAX];
    snprintf(part, sizeof part, "%s/part.%ld", shadow, (long)syscall(SYS_gettid));
    syscall(SYS_unlinkat, AT_FDCWD, part, 0);
    if (!linkat(AT_FDCWD, from, AT_FDCWD, part, 0)) syscall(SYS_renameat2, AT_FDCWD, part, AT_FDCWD, to, 0);
    syscall(SYS_unlinkat, AT_FDCWD, part, 0); /* two names of one file stay as they are */
}

static void keep_file(int opened, const char *path, ino_t inode) {
    char name[PATH_MAX], part[PATH_MAX], kept[PATH_MAX], piece[1 << 16];
    if (!shadowed(path, name)) return;
    snprintf(part, sizeof part, "%s/copy.%ld", shadow, (long)syscall(SYS_gettid));
    int out = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), in = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = -1;
    while (in >= 0 && out >= 0 && (count = read(in, piece, sizeof piece)) > 0)
        if (write(out, piece, count) != count) break;
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    if (count) return;
    (void)opened;
    inode_name(inode, kept);
    make_above(name);
    syscall(SYS_renameat2, AT_FDCWD, part, AT_FDCWD, kept, 0);
    put(kept, name);
}

static void keep_folder(const char *path) {
    char name[PATH_MAX], real[PATH_MAX], kept[PATH_MAX];
    struct stat found;
    struct dirent *one;
    if (!shadowed(path, name)) return;
    strcat(name, "/");
    make_above(name);
    DIR *names = opendir(path);
    while (names && (one = readdir(names))) {
        if (snprintf(real, sizeof real, "%s/%s", path, one->d_name) >= (int)sizeof real) continue;
        if (lstat(real, &found) || !S_ISREG(found.st_mode) || !shadowed(real, name)) continue;
        inode_name(found.st_ino, kept);
        if (!access(kept, F_OK)) put(kept, name);
    }
    if (names) closedir(names);
    shadowed(path, name);
    names = opendir(name);
    while (names && (one = readdir(names))) { /* names that are gone */
        char old[PATH_MAX];
        if (snprintf(real, sizeof real, "%s/%s", path, one->d_name) >= (int)sizeof real) continue;
        if (snprintf(old, sizeof old, "%s/%s", name, one->d_name) >= (int)sizeof old) continue;
        if (lstat(real, &found) && errno == ENOENT) syscall(SYS_unlinkat, AT_FDCWD, old, 0);
    }
    if (names) closedir(names);
}

static void keep(int opened) {
    char link[64], path[PATH_MAX];
    struct stat found;
    snprintf(link, sizeof link, "/proc/self/fd/%d", opened);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (!root || length <= 0 || fstat(opened, &found)) return;
    path[length] = 0;
    char name[PATH_MAX];
    if (!shadowed(path, name)) return;
    int held = lock();
    if (S_ISDIR(found.st_mode)) keep_folder(path);
    else keep_file(opened, path, found.st_ino);
    if (held >= 0) close(held);
}

int fsync(int opened) {
    int said = syscall(SYS_fsync, opened), why = errno;
    if (!said) keep(opened);
    errno = why;
    return said;
}

int fdatasync(int opened) {
    int said = syscall(SYS_fdatasync, opened), why = errno;
    if (!said) keep(opened);
    errno = why;
    return said;
}

/* An inode that loses its last name may come back as another file, which nobody synced yet. */
static void forget(const char *path) {
    char kept[PATH_MAX];
    struct stat found;
    if (!root || lstat(path, &found) || found.st_nlink != 1) return;
    inode_name(found.st_ino, kept);
    syscall(SYS_unlinkat, AT_FDCWD, kept, 0);
}

static const char *absolute(const char *path, char *whole) {
    if (path[0] == '/') return path;
    if (!getcwd(whole, PATH_MAX - strlen(path) - 2)) return path;
    strcat(strcat(whole, "/"), path);
    return whole;
}

/* Without this a journal that was removed would come back, and take back what was committed since. */
int unlink(const char *given) {
    char whole[PATH_MAX], name[PATH_MAX];
    const char *path = absolute(given, whole);
    int is_ours = root && shadowed(path, name), held = is_ours ? lock() : -1;
    if (is_ours) forget(path);
    int said = syscall(SYS_unlinkat, AT_FDCWD, given, 0), why = errno;
    if (is_ours && !said) syscall(SYS_unlinkat, AT_FDCWD, name, 0);
    if (held >= 0) close(held);
    errno = why;
    return said;
}

int rename(const char *from, const char *to) {
    char whole[PATH_MAX], name[PATH_MAX];
    const char *path = absolute(to, whole);
    int is_ours = root && shadowed(path, name), held = is_ours ? lock() : -1;
    if (is_ours) forget(path);
    int said = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0), why = errno;
    if (held >= 0) close(held);
    errno = why;
    return said;
}
