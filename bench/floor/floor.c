// The floor: what N containers cost with nothing above the kernel, conmon and crun.
//
//   floor create  N WIDTH FOLDER LOWER TEMPLATE FILES
//   floor destroy N WIDTH FOLDER
//
// WIDTH: how many containers crun creates at the same time. LOWER: the unpacked image. TEMPLATE: a config.json that HeroPods has written,
// in which @I@ is the number of the container, so that mounts, capabilities, limits and the compiled seccomp filter are the same ones.
// FILES: folder with hosts, hostname and resolv.conf, which the template binds. Both commands print their phases in milliseconds, as JSON.
// Nothing survives a kill here, nothing is recorded or checked twice: those are the costs that HeroPods has in addition.
#define _GNU_SOURCE
#include "networks.h"
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static int count, width;
static const char *folder;

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

// A text from a format. Never freed: the process ends soon.
static char *text(const char *format, ...) {
  char *result;
  va_list values;
  va_start(values, format);
  if (vasprintf(&result, format, values) < 0) fail("vasprintf");
  va_end(values);
  return result;
}

static char *path(int i, const char *name) { return text("%s/%d/%s", folder, i, name); }

static char *read_file(const char *name) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return NULL;
  char *content = malloc(1 << 20);
  ssize_t length = read(file, content, (1 << 20) - 1);
  if (length < 0) fail(name);
  content[length] = 0;
  close(file);
  return content;
}

static void write_file(const char *name, const char *content) {
  int file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0 || write(file, content, strlen(content)) < 0) fail(name);
  close(file);
}

static void make_folder(const char *name) {
  if (mkdir(name, 0755) && errno != EEXIST) fail(name);
}

// Prints the time since the last call under a name.
static void phase(const char *name) {
  static double last;
  static int printed;
  if (name != NULL) printf("%s\"%s\": %.1f", printed++ ? ", " : "{", name, milliseconds() - last);
  last = milliseconds();
}

// crun refuses a hybrid host whose v2 tree has controllers, so it runs in a mount namespace without that tree. HeroPods enters such a
// namespace for each create; here all of the program runs in it, which is cheaper.
static void hide_unified(void) {
  if (read_file("/sys/fs/cgroup/unified/cgroup.controllers") == NULL) return;
  if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL)) fail("unshare");
  if (umount2("/sys/fs/cgroup/unified", MNT_DETACH)) fail("unified");
}

static void make_root(int i, const char *lower) {
  static const char *const folders[] = {"", "upper", "work", "root", "files", "bundle"};
  for (size_t k = 0; k < sizeof folders / sizeof *folders; k++) make_folder(path(i, folders[k]));
  char *layers = text("lowerdir=%s,upperdir=%s,workdir=%s,index=off,metacopy=off,redirect_dir=on", lower, path(i, "upper"), path(i, "work"));
  if (mount("overlay", path(i, "root"), "overlay", 0, layers)) fail("overlay");
}

// The template with the number of the container in place of each @I@, and the files that it binds.
static void write_bundle(int i, const char *template, char *const files[3]) {
  static const char *const names[] = {"hosts", "hostname", "resolv.conf"};
  for (int k = 0; k < 3; k++) write_file(path(i, text("files/%s", names[k])), files[k]);
  char *config = malloc(strlen(template) + 4096), *end = config;
  for (const char *from = template, *mark; *from; from = mark + 3) {
    mark = strstr(from, "@I@");
    if (mark == NULL) {
      strcpy(end, from);
      break;
    }
    end += sprintf(end, "%.*s%d", (int)(mark - from), from, i);
  }
  write_file(path(i, "bundle/config.json"), config);
}

// conmon answers with {"data": PID} on this descriptor when crun has created the container.
static int start_conmon(int i) {
  int answer[2];
  if (pipe2(answer, O_CLOEXEC)) fail("pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  posix_spawn_file_actions_adddup2(&actions, answer[1], 3);
  char *id = text("floor%d", i);
  char *argv[] = {"conmon", "--api-version", "1", "--cid", id, "--cuuid", id, "--name", id,
    "--runtime", "/usr/bin/crun", "--runtime-arg", text("--root=%s/crun", folder), "--bundle", path(i, "bundle"),
    "--container-pidfile", path(i, "pid"), "--conmon-pidfile", path(i, "conmon.pid"),
    "--exit-dir", text("%s/exits", folder), "--socket-dir-path", text("%s/attach", folder),
    "--log-path", text("k8s-file:%s", path(i, "log")), "--log-level", "error", "--no-sync-log", NULL};
  pid_t pid;
  if (posix_spawnp(&pid, "conmon", &actions, NULL, argv, environ)) fail("conmon");
  posix_spawn_file_actions_destroy(&actions);
  close(answer[1]);
  return answer[0];
}

static void read_answer(int i, int descriptor) {
  char answer[4096] = "";
  if (read(descriptor, answer, sizeof answer - 1) < 0) fail("answer");
  close(descriptor);
  const char *data = strstr(answer, "\"data\":");
  if (data != NULL && atoi(data + 7) > 0) return;
  fprintf(stderr, "container %d was not created: %s\n", i, answer);
  exit(1);
}

// One byte lets the process go, as `crun start` would do it, without one more process.
static void start_process(int i) {
  char *fifo = text("%s/crun/floor%d/exec.fifo", folder, i);
  int file = open(fifo, O_WRONLY | O_CLOEXEC);
  if (file < 0 || write(file, "0", 1) != 1 || unlink(fifo)) fail(fifo);
  close(file);
}

static void start_all(void) {
  struct pollfd *waiting = calloc(width, sizeof *waiting);
  int *owner = calloc(width, sizeof *owner);
  setenv("_OCI_SYNCPIPE", "3", 1);
  for (int next = 0, open = 0; next < count || open > 0;) {
    for (; next < count && open < width; next++, open++) {
      waiting[open] = (struct pollfd){.fd = start_conmon(next), .events = POLLIN};
      owner[open] = next;
    }
    if (poll(waiting, open, 60000) <= 0) fail("poll");
    for (int k = open - 1; k >= 0; k--) {
      if (waiting[k].revents == 0) continue;
      read_answer(owner[k], waiting[k].fd);
      start_process(owner[k]);
      open--;
      waiting[k] = waiting[open];
      owner[k] = owner[open];
    }
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  }
}

static void create(const char *lower, const char *template_file, const char *files_folder) {
  char *template = read_file(template_file);
  char *const files[] = {
    read_file(text("%s/hosts", files_folder)), read_file(text("%s/hostname", files_folder)), read_file(text("%s/resolv.conf", files_folder))};
  if (template == NULL) fail(template_file);
  static const char *const folders[] = {"", "crun", "exits", "attach"};
  for (size_t k = 0; k < sizeof folders / sizeof *folders; k++) make_folder(text("%s/%s", folder, folders[k]));
  for (int i = 0; i < count; i++) make_root(i, lower);
  phase("roots");
  make_networks(count);
  phase("networks");
  for (int i = 0; i < count; i++) write_bundle(i, template, files);
  phase("bundles");
  // A copy of the mounts is made now: the roots must exist before.
  hide_unified();
  start_all();
  phase("conmon_crun");
}

static pid_t pid_in(const char *file) {
  char *number = read_file(file);
  return number == NULL ? 0 : atoi(number);
}

// Kills a process; returns a descriptor that becomes readable when it has ended, -1 if it has ended already.
static int end_process(pid_t pid) {
  int descriptor = pid > 1 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
  if (descriptor >= 0) syscall(SYS_pidfd_send_signal, descriptor, SIGKILL, NULL, 0);
  return descriptor;
}

static void await_end(int descriptor) {
  if (descriptor < 0) return;
  struct pollfd ended = {.fd = descriptor, .events = POLLIN};
  if (poll(&ended, 1, 10000) != 1) fail("end of a process");
  close(descriptor);
}

static void remove_cgroup(int i) {
  static const char *const trees[] = {"blkio", "cpu", "cpuacct", "cpuset", "devices", "freezer", "memory", "pids", "systemd", "."};
  for (size_t k = 0; k < sizeof trees / sizeof *trees; k++) {
    char *cgroup = text("/sys/fs/cgroup/%s/floor/%d", trees[k], i);
    // The kernel frees a cgroup a moment after its last process.
    for (int tries = 0; tries < 1000 && rmdir(cgroup) && errno == EBUSY; tries++) usleep(500);
  }
}

static void remove_tree(const char *name) {
  const char *argv[] = {"rm", "-rf", "--one-file-system", name, NULL};
  pid_t pid;
  if (posix_spawnp(&pid, "rm", NULL, NULL, (char *const *)argv, environ)) fail("rm");
  waitpid(pid, NULL, 0);
}

static void destroy(void) {
  int *ends = calloc(2 * count, sizeof *ends);
  // conmon first: it would only write an exit code that nobody reads.
  for (int i = 0; i < count; i++) ends[i] = end_process(pid_in(path(i, "conmon.pid")));
  for (int i = 0; i < count; i++) ends[count + i] = end_process(pid_in(path(i, "pid")));
  for (int k = 0; k < 2 * count; k++) await_end(ends[k]);
  phase("processes");
  for (int i = 0; i < count; i++) remove_cgroup(i);
  phase("cgroups");
  for (int i = 0; i < count; i++)
    if (umount2(path(i, "root"), MNT_DETACH)) fail("umount");
  phase("roots");
  remove_networks(count);
  phase("networks");
  remove_tree(folder);
  phase("folders");
}

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  count = atoi(argv[2]);
  width = atoi(argv[3]);
  folder = argv[4];
  struct rlimit most = {1 << 16, 1 << 16};
  setrlimit(RLIMIT_NOFILE, &most);
  phase(NULL);
  if (!strcmp(argv[1], "create") && argc == 8) create(argv[5], argv[6], argv[7]);
  else if (!strcmp(argv[1], "destroy")) destroy();
  else return 2;
  puts("}");
  return 0;
}
