// Three oranges on a table, one of them cut.
#include "studio.inc"
Look(<0, 3.2, -6>, <0, 0.75, 0>, 36)
Indoors()
Table()
background { rgb <0.5, 0.45, 0.4> }

#declare Peel = texture {
  pigment { bozo scale 0.5 color_map { [0 rgb <0.85, 0.11, 0.003>] [1 rgb <0.95, 0.17, 0.005>] } }
  normal { bumps 0.35 scale 0.045 }
  finish { ambient 0.1 diffuse 0.75 specular 0.35 roughness 0.03 }
}
#macro Whole()
  union {
    sphere { 0, 1 scale <1, 0.95, 1> texture { Peel } }
    cylinder { <0, 0.9, 0>, <0, 0.98, 0>, 0.07 pigment { rgb <0.25, 0.35, 0.08> } }
  }
#end
object { Whole() rotate <-25, 0, 15> translate <-0.95, 0.95, 0.6> }
object { Whole() rotate <-20, 0, -25> translate <1.15, 0.95, 0.7> }

// The half: flesh in ten segments inside the white of the peel.
#declare Half = union {
  intersection { sphere { 0, 1 } plane { -z, 0 } texture { Peel } }
  cylinder { <0, 0, -0.002>, <0, 0, 0>, 0.97 pigment { rgb <1, 0.5, 0.2> } }
  #for (I, 0, 9)
    intersection {
      cylinder { <0, 0, -0.01>, <0, 0, 0>, 0.87 }
      plane { y, 0 rotate z * 15.5 translate <0.07, 0, 0> }
      plane { -y, 0 rotate z * -15.5 translate <0.07, 0, 0> }
      plane { -x, -0.1 }
      texture {
        pigment { bozo scale <0.2, 0.04, 1> color_map { [0 rgb <0.95, 0.15, 0.01>] [1 rgb <1, 0.24, 0.02>] } }
        finish { ambient 0.12 specular 0.4 }
      }
      rotate z * I * 36
    }
  #end
}
object { Half rotate x * 35 translate <0.15, 0.82, -1.1> }
