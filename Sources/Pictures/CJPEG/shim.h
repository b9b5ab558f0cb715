#include <stddef.h>
#include <stdio.h>
// jpeglib.h needs the declarations of size_t and FILE.
#include <jpeglib.h>
