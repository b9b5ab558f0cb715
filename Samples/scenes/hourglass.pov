// An hourglass between two wooden plates.
#include "studio.inc"
Look(<0.6, 2.6, -7>, <0, 1.75, 0>, 34)
Indoors()
Table()
plane { z, 8 pigment { rgb <0.75, 0.72, 0.66> } }

#declare Wood = texture { T_Wood10 scale 0.5 rotate x * 90 finish { specular 0.3 } }
union {
  cylinder { 0, y * 0.22, 1.15 }
  torus { 1.1, 0.1 translate y * 0.12 }
  cylinder { y * 3.28, y * 3.5, 1.15 }
  torus { 1.1, 0.1 translate y * 3.38 }
  #for (I, 0, 2)
    cylinder { <0.98, 0.2, 0>, <0.98, 3.3, 0>, 0.075 rotate y * (I * 120 + 35) }
    sphere { <0.98, 1.75, 0>, 0.13 rotate y * (I * 120 + 35) }
  #end
  texture { Wood }
}
#macro Bulbs(Shrink)
  sor {
    11,
    <0.5, 0.0>, <0.62, 0.22>, <0.82, 0.55>, <0.72, 1.1>, <0.3, 1.55>, <0.085, 1.75>, <0.3, 1.95>,
    <0.72, 2.4>, <0.82, 2.95>, <0.62, 3.28>, <0.5, 3.5>
    scale <Shrink, 1, Shrink>
  }
#end
object {
  Bulbs(1)
  hollow
  pigment { rgbf <0.96, 0.98, 1, 0.93> }
  finish { specular 0.9 roughness 0.003 reflection { 0.02, 0.25 fresnel on } conserve_energy }
  interior { ior 1.02 }
}
#declare Sand = texture { pigment { rgb <0.9, 0.7, 0.42> } normal { granite 0.4 scale 0.05 } }
intersection { object { Bulbs(0.95) } cone { y * 0.1, 1.4, y * 1.2, 0 } texture { Sand } }
intersection { object { Bulbs(0.95) } cylinder { y * 1.7, y * 2.4, 1 } texture { Sand } }
cylinder { y * 1.1, y * 1.8, 0.02 texture { Sand } }
