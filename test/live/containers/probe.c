// Makes system calls as they are asked for, and says what the kernel answered: test/live/probe.ts compiles it, without any library,
// and speaks to it. A request is ENTRY:NUMBER[:ARGUMENT ...], where ENTRY is 64 (syscall) or 32 (int 0x80, the calls of i386), and an
// argument is a number or @N,N,N: the address of an array of ints. The answer is a line: 0, or the error's number.

typedef unsigned long word;

static long call64(word number, word *a) {
  register word r10 __asm__("r10") = a[3];
  register word r8 __asm__("r8") = a[4];
  register word r9 __asm__("r9") = a[5];
  long answer;
  __asm__ volatile("syscall"
                   : "=a"(answer)
                   : "a"(number), "D"(a[0]), "S"(a[1]), "d"(a[2]), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return answer;
}

static long call32(word number, word *a) {
  long answer;
  __asm__ volatile("int $0x80"
                   : "=a"(answer)
                   : "a"(number), "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]), "D"(a[4])
                   : "r8", "r9", "r10", "r11", "memory");
  return (int)answer;
}

enum { write = 1, close = 3, mmap = 9, getpid = 39, exit = 60 };

static word number(char **at) {
  word base = 10, value = 0;
  if ((*at)[0] == '0' && (*at)[1] == 'x') base = 16, *at += 2;
  for (;; ++*at) {
    char c = **at;
    word digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
    if (digit >= base) return value;
    value = value * base + digit;
  }
}

static void say(long value) {
  char text[24];
  int at = sizeof text;
  text[--at] = '\n';
  do text[--at] = '0' + value % 10; while (value /= 10);
  word a[6] = {1, (word)(text + at), sizeof text - at};
  call64(write, a);
}

static void request(char *text, int *low) {
  word a[6] = {0};
  word entry = number(&text);
  ++text;
  word which = number(&text);
  for (int i = 0; *text == ':' && i < 6; i++) {
    if (*++text != '@') {
      a[i] = number(&text);
      continue;
    }
    int *at = low + 1;
    do ++text, *at++ = number(&text); while (*text == ',');
    a[i] = (word)(low + 1);
  }
  long got = entry == 32 ? call32(which, a) : call64(which, a);
  // A process that the call made goes at once.
  word none[6] = {0};
  if (call64(getpid, none) != low[0]) call64(exit, none);
  say(got < 0 && got > -4096 ? -got : 0);
  word fd[6] = {(word)got};
  if (got > 2 && got < 1024) call64(close, fd);
}

void entry(word *stack) {
  // Below 4 GiB, where calls of i386 can point to.
  word map[6] = {0, 4096, 3, 0x62, (word)-1, 0};
  int *low = (int *)call64(mmap, map);
  word none[6] = {0};
  low[0] = call64(getpid, none);
  for (word i = 2; i <= stack[0]; i++) request((char *)stack[i], low);
  call64(exit, none);
}

__asm__(".globl _start\n_start:\n mov %rsp, %rdi\n and $-16, %rsp\n call entry\n");
