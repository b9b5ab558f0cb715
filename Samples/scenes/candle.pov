// A burning candle in the dark.
#include "studio.inc"
Look(<0, 2.2, -6>, <0, 1.75, 0>, 36)
light_source { <0, 2.75, 0> rgb <1.5, 1, 0.45> fade_distance 2 fade_power 2 shadowless }
light_source { <-4, 5, -5> rgb <0.12, 0.1, 0.08> }
plane { y, 0 pigment { rgb <0.3, 0.18, 0.09> } finish { reflection 0.15 } }
plane { z, 5 pigment { rgb <0.22, 0.12, 0.06> } }

union {
  cylinder { y * 0.15, y * 2.1, 0.45 }
  torus { 0.4, 0.06 translate y * 2.1 }
  pigment { rgb <0.95, 0.88, 0.72> }
  finish { ambient 0.12 diffuse 0.8 specular 0.2 }
}
cylinder { y * 1.5, y * 2.12, 0.453 pigment { gradient y color_map { [0 rgbt <1, 0.7, 0.3, 1>] [1 rgbt <1, 0.75, 0.35, 0.2>] } scale 0.65 translate y * 1.5 } finish { ambient 0.7 } }
union {
  cylinder { 0, y * 0.08, 1 }
  torus { 1, 0.08 translate y * 0.1 }
  torus { 0.5, 0.08 translate y * 0.2 }
  texture { T_Brass_3B }
}
cylinder { y * 2.1, y * 2.35, 0.03 pigment { rgb 0.02 } }
// The flame, and the glow about it.
blob {
  threshold 0.5
  sphere { <0, 2.5, 0>, 0.28, 1 }
  sphere { <0, 2.75, 0>, 0.2, 0.9 }
  sphere { <0, 2.95, 0>, 0.13, 0.8 }
  pigment { gradient y color_map { [0 rgb <1, 0.55, 0.12>] [0.35 rgb <1, 0.92, 0.55>] [1 rgb <1, 0.75, 0.25>] } scale 0.8 translate y * 2.3 }
  finish { ambient 1.6 diffuse 0 }
  no_shadow
}
sphere {
  0, 1
  hollow
  pigment { rgbt 1 }
  interior { media { emission <0.5, 0.28, 0.08> density { spherical poly_wave 2 } } }
  scale 1.5
  translate y * 2.7
}
