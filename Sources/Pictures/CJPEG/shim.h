#include <stddef.h>
#include <stdio.h>
// jpeglib.h wants size_t and FILE to be known.
#include <jpeglib.h>
