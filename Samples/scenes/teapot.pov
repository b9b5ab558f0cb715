// A china teapot.
#include "studio.inc"
Look(<0.3, 2.6, -6.5>, <0.15, 1, 0>, 40)
Indoors()
Table()
plane { z, 8 pigment { rgb <0.55, 0.6, 0.62> } }

#declare China = texture {
  pigment { rgb <0.93, 0.92, 0.88> }
  finish { ambient 0.1 diffuse 0.75 specular 0.8 roughness 0.008 reflection 0.06 }
}
union {
  sphere { <0, 0.95, 0>, 1.2 scale <1, 0.82, 1> translate y * 0.12 }
  torus { 0.62, 0.1 translate y * 0.08 }
  // The lid and its knob.
  difference {
    sphere { 0, 0.78 scale <1, 0.45, 1> }
    plane { y, 0 }
    translate y * 1.68
  }
  torus { 0.76, 0.05 translate y * 1.68 }
  sphere { <0, 2.16, 0>, 0.15 }
  sphere_sweep {
    cubic_spline 6,
    <0.6, 0.3, 0>, 0.35, <1, 0.65, 0>, 0.3, <1.5, 0.95, 0>, 0.22, <1.8, 1.45, 0>, 0.15,
    <2.1, 1.75, 0>, 0.12, <2.3, 1.9, 0>, 0.1
  }
  sphere_sweep {
    cubic_spline 8,
    <-0.5, 1.6, 0>, 0.1, <-0.95, 1.5, 0>, 0.1, <-1.5, 1.65, 0>, 0.1, <-1.85, 1.3, 0>, 0.1,
    <-1.75, 0.8, 0>, 0.1, <-1.35, 0.5, 0>, 0.1, <-1, 0.5, 0>, 0.1, <-0.6, 0.5, 0>, 0.1
  }
  texture { China }
}
