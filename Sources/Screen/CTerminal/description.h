// Reads the terminal database. Apart from terminal.c, because term.h defines words such as
// `columns` as macros.
#ifndef MBX_DESCRIPTION_H
#define MBX_DESCRIPTION_H

// Reads the description of `terminal`, which may be NULL. Returns MBX_OPENED, or the code of what
// is wrong.
int mbx_read_description(const char *terminal, int output);

#endif
