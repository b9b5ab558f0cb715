// What the terminal database says; apart from terminal.c because term.h defines words such as
// `columns` as macros.
#ifndef MBX_DESCRIPTION_H
#define MBX_DESCRIPTION_H

// Reads the description of `terminal`, which may be NULL; MBX_OPENED, or what is wrong with it.
int mbx_read_description(const char *terminal, int output);

#endif
