// What the allocator does with memory that was freed.
#ifndef CMEMORY_H
#define CMEMORY_H

// Gives memory that was freed back to the system.
//
// The GNU allocator keeps it, in pieces, for the thread that freed it: of photos and answers that came
// and went, as much again as is in use. Other allocators need no help.
void memory_give_back(void);

#endif
