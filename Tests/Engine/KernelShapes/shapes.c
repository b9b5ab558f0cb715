// Runs every kernel of this architecture on every small shape, beside a loop that anybody can read.
// Whatever a kernel reads or writes ends where memory ends: one float too far is a crash.
#include "CKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static long shapes, wrong;

// Room for the largest array, behind which lies a page that cannot be touched.
typedef struct {
  char *pages;
  size_t bytes;
} arena;

static arena make_arena(size_t floats) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const size_t bytes = (floats * sizeof(float) + page - 1) / page * page;
  char *pages = mmap(NULL, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages + bytes, page, PROT_NONE)) exit(2);
  return (arena){pages, bytes};
}

// The last `count` floats in front of that page.
static float *last(arena a, size_t count) {
  if (count * sizeof(float) > a.bytes) exit(2);
  return (float *)(a.pages + a.bytes) - count;
}

static float random_float(void) {
  static unsigned state = 1;
  state = state * 1664525u + 1013904223u;
  return (float)(int)(state >> 8) / (1 << 23) - 1;
}

static float *filled(arena a, size_t count) {
  float *values = last(a, count);
  for (size_t i = 0; i < count; i++) values[i] = random_float();
  return values;
}

static const float untouched = 12345;

static float *blank(arena a, size_t count) {
  float *values = last(a, count);
  for (size_t i = 0; i < count; i++) values[i] = untouched;
  return values;
}

static double within(double value, double floor, double ceiling) {
  return value < floor ? floor : value > ceiling ? ceiling : value;
}

// Counts a value that is not `expected`, within what rounding `terms` sums may do.
static void compare(float value, double expected, long terms, const char *shape) {
  const int is_right = isnan(expected) ? isnan(value) : fabs(value - expected) <= 1e-6 * (terms + 1);
  if (is_right) return;
  if (wrong++ < 10) printf("%s: %g, expected %g\n", shape, value, expected);
}

static arena inputs, weights, outputs;

typedef void product_kernel(const CKProduct *);
typedef void depthwise_kernel(const CKDepthwiseRow *);

static void test_product(product_kernel *kernel, const char *name, int lanes, CKProduct p) {
  const ptrdiff_t width = 2 * lanes, terms = p.segments * p.depth;
  const ptrdiff_t read =
      (p.rows - 1) * p.inputStride + (p.segments - 1) * p.segmentStride + p.depth;
  const ptrdiff_t written = (p.rows - 1) * p.outputStride + p.columns;
  p.input = filled(inputs, (size_t)read);
  p.panel = filled(weights, (size_t)((terms + 1) * width));
  p.output = blank(outputs, (size_t)written);
  char shape[160];
  snprintf(shape, sizeof shape, "%s, %td rows, %td × %td, %td columns", name, p.rows, p.segments,
           p.depth, p.columns);
  shapes++;
  kernel(&p);
  for (ptrdiff_t row = 0; row < p.rows; row++) {
    for (ptrdiff_t column = 0; column < p.outputStride; column++) {
      if (row * p.outputStride + column >= written) break;
      const float value = p.output[row * p.outputStride + column];
      if (column >= p.columns) {
        compare(value, untouched, 0, shape);
        continue;
      }
      double sum = p.panel[column];
      for (ptrdiff_t k = 0; k < terms; k++) {
        const ptrdiff_t place = row * p.inputStride + k / p.depth * p.segmentStride + k % p.depth;
        sum += (double)p.input[place] * p.panel[(k + 1) * width + column];
      }
      compare(value, within(sum, p.floor, p.ceiling), terms, shape);
    }
  }
}

static void test_products(product_kernel *kernel, const char *name, int lanes, int most_rows) {
  for (int rows = 1; rows <= 2 * most_rows + 1; rows++) {
    for (int columns = 1; columns <= 2 * lanes; columns++) {
      for (int depth = 1; depth <= 13; depth++) {
        for (int segments = 1; segments <= 3; segments += 2) {
          CKProduct p = {.rows = rows, .columns = columns, .depth = depth, .segments = segments};
          // Apart, or overlapping as the windows of a convolution of stride 1 do.
          p.inputStride = segments == 1 ? depth : (depth + 2) / 3;
          p.segmentStride = p.inputStride * rows + depth;
          p.outputStride = columns + columns % 3;
          p.floor = columns % 2 ? 0 : -INFINITY;
          p.ceiling = depth % 2 ? 1 : INFINITY;
          test_product(kernel, name, lanes, p);
        }
      }
    }
  }
}

static void test_depthwise_row(depthwise_kernel *kernel, const char *name, int lanes,
                               CKDepthwiseRow p) {
  const ptrdiff_t floats = p.inputWidth * p.channels;
  const ptrdiff_t groups = (p.channels + lanes - 1) / lanes;
  const ptrdiff_t written = (p.outputWidth - 1) * p.outputStride + p.channels;
  // Three rows behind one another; only the last can end where memory does.
  float *input = filled(inputs, (size_t)(3 * floats));
  for (int row = 0; row < 3; row++) p.rows[row] = input + row * floats;
  p.weights = filled(weights, (size_t)(groups * 10 * lanes));
  p.output = blank(outputs, (size_t)written);
  char shape[160];
  snprintf(shape, sizeof shape, "%s, %td places of %td channels, stride %td, %td before, group %td",
           name, p.inputWidth, p.channels, p.stride, p.before, p.firstGroup);
  shapes++;
  kernel(&p);
  for (ptrdiff_t place = 0; place < written; place++) {
    const ptrdiff_t x = place / p.outputStride, channel = place % p.outputStride;
    const ptrdiff_t group = channel / lanes, lane = channel % lanes;
    const float value = p.output[place];
    if (channel >= p.channels || group < p.firstGroup || group >= p.firstGroup + p.groups) {
      compare(value, untouched, 0, shape);
      continue;
    }
    const float *own = p.weights + group * 10 * lanes + lane;
    double sum = own[0];
    for (int row = 0; row < 3; row++) {
      for (int tap = 0; tap < 3; tap++) {
        const ptrdiff_t column = x * p.stride - p.before + tap;
        if (column < 0 || column >= p.inputWidth) continue;
        sum += (double)p.rows[row][column * p.channels + channel] * own[(1 + 3 * row + tap) * lanes];
      }
    }
    compare(value, within(sum, p.floor, p.ceiling), 9, shape);
  }
}

static void test_depthwise(depthwise_kernel *kernel, const char *name, int lanes) {
  for (int channels = 1; channels <= 4 * lanes + 1; channels++) {
    const int groups = (channels + lanes - 1) / lanes;
    for (int width = 1; width <= 17; width++) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int before = 0; before <= 1; before++) {
          // The layers' own paddings reach one column over an edge and no further.
          if (stride == 1 && before == 0) continue;
          if (stride == 2 && before == 0 && width % 2) continue;
          for (int first = 0; first < groups; first++) {
            CKDepthwiseRow p = {.inputWidth = width, .channels = channels, .stride = stride,
                                .before = before, .firstGroup = first};
            p.groups = first ? groups - first : (groups + 1) / 2;
            p.outputWidth = (width + stride - 1) / stride;
            p.outputStride = channels + width % 3;
            p.floor = channels % 2 ? 0 : -INFINITY;
            p.ceiling = width % 2 ? 1 : INFINITY;
            test_depthwise_row(kernel, name, lanes, p);
          }
        }
      }
    }
  }
}

// What is not a number stays that: no bound takes its place.
static void test_not_a_number(product_kernel *kernel, const char *name, int lanes) {
  for (int rows = 1; rows <= 3; rows++) {
    CKProduct p = {.rows = rows, .columns = lanes, .depth = 4, .segments = 1, .inputStride = 4,
                   .segmentStride = 4, .outputStride = lanes, .floor = 0, .ceiling = 6};
    float *input = filled(inputs, (size_t)(4 * rows));
    for (int row = 0; row < rows; row++) input[4 * row] = NAN;
    p.input = input;
    p.panel = filled(weights, (size_t)(5 * 2 * lanes));
    p.output = blank(outputs, (size_t)(rows * lanes));
    shapes++;
    kernel(&p);
    for (int i = 0; i < rows * lanes; i++) compare(p.output[i], NAN, 0, name);
  }
}

static void test_halves(void) {
  // The powers of two, the subnormals, and a number in between, by hand.
  static const struct { uint16_t half; float value; } known[] = {
      {0x0000, 0}, {0x3C00, 1}, {0xC000, -2}, {0x7BFF, 65504}, {0x0400, 0x1p-14f},
      {0x0001, 0x1p-24f}, {0x03FF, 0x1.FF8p-15f}, {0x3555, 0x1.554p-2f},
      {0x7C00, INFINITY}, {0xFC00, -INFINITY},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    for (int count = 1; count <= 17; count++) {
      // At an odd address, up to the end of memory.
      char *halves = (char *)last(inputs, 16) + 64 - 2 * count;
      for (int k = 0; k < count; k++) memcpy(halves + 2 * k, &known[i].half, 2);
      float *floats = blank(outputs, (size_t)count);
      shapes++;
      CKFloatsOfHalves(halves, floats, (size_t)count);
      for (int k = 0; k < count; k++) {
        if (floats[k] != known[i].value && wrong++ < 10)
          printf("half %04x: %g, expected %g\n", known[i].half, floats[k], known[i].value);
      }
    }
  }
}

int main(void) {
  inputs = make_arena(1 << 16);
  weights = make_arena(1 << 16);
  outputs = make_arena(1 << 16);
#define TEST(set, lanes, most_rows)                                     \
  test_products(CKProduct##set, "product " #set, lanes, most_rows);     \
  test_depthwise(CKDepthwiseRow##set, "depthwise " #set, lanes);        \
  test_not_a_number(CKProduct##set, "not a number, " #set, lanes)
#if defined(__x86_64__)
  if (CKHasAVX2()) { TEST(AVX2, 8, 6); }
  if (CKHasAVX512()) { TEST(AVX512, 16, 14); }
#elif defined(__aarch64__)
  TEST(NEON, 4, 8);
#endif
  test_halves();
  printf("%ld shapes, %ld wrong values\n", shapes, wrong);
  return wrong != 0 || shapes == 0;
}
