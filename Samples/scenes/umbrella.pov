// An open umbrella on a lawn.
#include "studio.inc"
Look(<0, 2.2, -8>, <0, 1.5, 0>, 36)
Outdoors()
Grass()

union {
  difference {
    sphere { 0, 2 }
    sphere { 0, 1.98 }
    plane { y, 0.45 }
    // Eight panels in two reds.
    pigment { radial frequency 4 color_map {
      [0.5 rgb <0.85, 0.04, 0.06>] [0.5 rgb <0.6, 0.02, 0.04>] } }
    finish { ambient 0.12 diffuse 0.75 specular 0.2 }
  }
  #for (I, 0, 7)
    torus {
      2, 0.02
      rotate x * 90
      clipped_by { plane { -y, -0.45 } }
      pigment { rgb 0.1 }
      rotate y * I * 45
    }
    sphere { <1.95, 0.45, 0>, 0.05 pigment { rgb 0.1 } rotate y * I * 45 }
  #end
  cylinder { y * -1.2, y * 2.25, 0.04 pigment { rgb 0.15 } finish { specular 0.6 } }
  torus {
    0.2, 0.06
    rotate x * 90
    clipped_by { plane { y, 0 } }
    translate <0.2, -1.2, 0>
    texture { T_Wood10 }
  }
  rotate <18, 20, 24>
  translate <0.1, 1.4, 0>
}
