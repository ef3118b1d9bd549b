#include "repl/ahead.h"

#include <sys/ioctl.h>
#include <termios.h>

static int waiting;           /* keys that were typed ahead and are still to be read */
static unsigned char end_key; /* Ctrl-D, unless the user chose another */

void ahead_note(int descriptor) {
  struct termios modes;
  if (tcgetattr(descriptor, &modes) != 0 || ioctl(descriptor, FIONREAD, &waiting) != 0)
    waiting = 0;
  else
    end_key = modes.c_cc[VEOF];
}

/* While nobody edits a line the kernel does, and keeps the key that ends the input as a NUL. */
unsigned char ahead_key(unsigned char key) {
  if (waiting == 0)
    return key;
  waiting--;
  return key ? key : end_key;
}
