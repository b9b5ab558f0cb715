#ifndef CDIGEST_H
#define CDIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for SHA-256.
bool CDHasSHA256(void);

/// Adds `count` blocks of 64 bytes to `state` with these instructions; FIPS 180-4, section 6.2.2.
///
/// `constants` are the 64 of section 4.2.2. Does nothing on a processor without the instructions.
void CDAddBlocks(uint32_t state[8], const uint8_t *blocks, size_t count,
                 const uint32_t constants[64]);

#endif
