/* Keeps, beside a folder, what a power cut would leave of it: of each file what was last flushed, of each folder the names it had when it was
   last flushed. Loaded into the service by the test; the folder is CUT_ROOT, what is left of it CUT_SHADOW. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LENGTH = 8192 };
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

/* Under another name first: the service may be killed in the middle of this too. */
static void copy(const char *from, const char *to)
{
    char temporary[LENGTH], buffer[65536];
    snprintf(temporary, sizeof temporary, "%s.cut", to);
    int source = open(from, O_RDONLY | O_CLOEXEC), target = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    ssize_t count;
    while (source >= 0 && target >= 0 && (count = read(source, buffer, sizeof buffer)) > 0)
        if (write(target, buffer, count) != count)
            abort();
    if (source >= 0)
        close(source);
    if (target >= 0)
        close(target);
    rename(temporary, to);
}

/* The content a file was last flushed with is kept by its number; .cut files beside the shadow's files say whose content they have. */
static void content_of(const char *shadow, ino_t number, char *path) { snprintf(path, LENGTH, "%s/.content/%lu", shadow, (unsigned long)number); }

static unsigned long owner_of(const char *file)
{
    char path[LENGTH];
    unsigned long number = 0;
    snprintf(path, sizeof path, "%s.owner.cut", file);
    FILE *owner = fopen(path, "r");
    if (owner) {
        if (fscanf(owner, "%lu", &number) != 1)
            number = 0;
        fclose(owner);
    }
    return number;
}

static void flushed_file(const char *shadow, const char *open_file, const char *name, ino_t number)
{
    char content[LENGTH], file[LENGTH];
    content_of(shadow, number, content);
    copy(open_file, content);
    snprintf(file, sizeof file, "%s/tree%s", shadow, name);
    if (owner_of(file) == (unsigned long)number)
        copy(content, file);
}

static void flushed_folder(const char *shadow, const char *folder, const char *name)
{
    char below[LENGTH], file[LENGTH], other[LENGTH], content[LENGTH];
    struct dirent *entry;
    struct stat found;
    snprintf(below, sizeof below, "%s/tree%s", shadow, name);
    mkdir(below, 0755);
    DIR *names = opendir(folder);
    while (names && (entry = readdir(names))) {
        if (entry->d_name[0] == '.' && (!entry->d_name[1] || !strcmp(entry->d_name, "..")))
            continue;
        snprintf(other, sizeof other, "%s/%s", folder, entry->d_name);
        snprintf(file, sizeof file, "%s/%s", below, entry->d_name);
        if (lstat(other, &found))
            continue;
        if (S_ISDIR(found.st_mode)) {
            mkdir(file, 0755);
            continue;
        }
        content_of(shadow, found.st_ino, content);
        close(open(content, O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
        copy(content, file);
        strcat(file, ".owner.cut");
        FILE *owner = fopen(file, "w");
        if (owner) {
            fprintf(owner, "%lu", (unsigned long)found.st_ino);
            fclose(owner);
        }
    }
    if (names)
        closedir(names);
    names = opendir(below);
    while (names && (entry = readdir(names))) {
        size_t length = strlen(entry->d_name);
        snprintf(other, sizeof other, "%s/%s", folder, entry->d_name);
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || (length > 4 && !strcmp(entry->d_name + length - 4, ".cut")) || !access(other, F_OK))
            continue;
        snprintf(file, sizeof file, "%s/%s", below, entry->d_name);
        unlink(file);
        strcat(file, ".owner.cut");
        unlink(file);
    }
    if (names)
        closedir(names);
}

static void flushed(int descriptor)
{
    const char *root = getenv("CUT_ROOT"), *shadow = getenv("CUT_SHADOW");
    char link[64], path[LENGTH];
    struct stat found;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (!root || !shadow || length <= 0 || fstat(descriptor, &found))
        return;
    path[length] = 0;
    if (strncmp(path, root, strlen(root)))
        return;
    pthread_mutex_lock(&gate);
    if (S_ISREG(found.st_mode))
        flushed_file(shadow, link, path + strlen(root), found.st_ino);
    else if (S_ISDIR(found.st_mode))
        flushed_folder(shadow, path, path + strlen(root));
    pthread_mutex_unlock(&gate);
}

int fsync(int descriptor)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int status = real(descriptor);
    if (!status)
        flushed(descriptor);
    return status;
}

int fdatasync(int descriptor)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int status = real(descriptor);
    if (!status)
        flushed(descriptor);
    return status;
}
