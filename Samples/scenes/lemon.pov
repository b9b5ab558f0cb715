// Lemons on a table.
#include "studio.inc"
Look(<0, 3, -6>, <0, 0.65, 0>, 34)
Indoors()
Table()
background { rgb <0.5, 0.45, 0.4> }

#declare Peel = texture {
  pigment { bozo scale 0.6 color_map { [0 rgb <0.98, 0.8, 0.03>] [1 rgb <1, 0.88, 0.12>] } }
  normal { bumps 0.3 scale 0.06 }
  finish { ambient 0.12 diffuse 0.75 specular 0.35 roughness 0.03 }
}
// Turned about its long axis: a pointed end and a blunt one with the rest of the stem.
#declare Lemon = union {
  sor {
    9,
    <0, -1.42>, <0.1, -1.36>, <0.22, -1.2>, <0.62, -0.85>, <0.9, 0>, <0.62, 0.85>, <0.24, 1.22>,
    <0.16, 1.4>, <0, 1.5>
    texture { Peel }
  }
  cylinder { <0, -1.42, 0>, <0, -1.3, 0>, 0.1 pigment { rgb <0.3, 0.35, 0.1> } }
  rotate z * 90
}
object { Lemon rotate y * 30 translate <-1, 0.87, 0.8> }
object { Lemon rotate y * -50 translate <1.25, 0.87, 0.9> }
object { Lemon rotate <20, 165, 0> translate <0.1, 0.87, -0.7> }
