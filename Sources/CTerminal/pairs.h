// Pairs of colours by number, as ncurses wants them.
#ifndef MBX_PAIRS_H
#define MBX_PAIRS_H

// The number of a pair; 0, the terminal's own colours, if there is no room for another.
int mbx_pair(int foreground, int background);

// Makes room for so many pairs; 1 if all pairs had to be forgotten for that.
int mbx_pairs_make_room(int count);

// Forgets all pairs, for a new screen.
void mbx_pairs_forget(void);

#endif
