// A bunch of three bananas.
#include "studio.inc"
Look(<0, 5, -6>, <0, 0.4, -0.1>, 36)
Indoors()
Table()
background { rgb <0.5, 0.45, 0.4> }

#declare Skin = texture {
  pigment {
    bozo scale <0.15, 0.15, 0.6> turbulence 0.3
    color_map { [0 rgb <0.97, 0.76, 0.06>] [0.8 rgb <1, 0.85, 0.15>] [0.97 rgb <0.6, 0.4, 0.08>] }
  }
  finish { ambient 0.12 diffuse 0.75 specular 0.25 roughness 0.05 }
}
// Beads along an arc: thin ends, a green stem, a dark tip.
#macro Banana(Bend)
  union {
    sphere_sweep {
      b_spline 11,
      #for (I, -1, 9)
        #local A = (I - 4) * 0.235;
        <2.2 * sin(A), Bend * (1 - cos(A)), 0>,
        #switch (I)
          #range (-1, 0) 0.10 #break
          #case (1) 0.2 #break
          #case (2) 0.36 #break
          #range (3, 5) 0.44 #break
          #case (6) 0.38 #break
          #case (7) 0.22 #break
          #else 0.1
        #end
      #end
      texture { Skin }
    }
    sphere { <2.2 * sin(0.96), Bend * (1 - cos(0.96)), 0>, 0.13 pigment { rgb <0.15, 0.1, 0.04> } }
    sphere { <2.2 * sin(-0.96), Bend * (1 - cos(-0.96)), 0>, 0.15 pigment { rgb <0.4, 0.4, 0.1> } }
    rotate x * 90
  }
#end
object { Banana(2.2) translate <0, 0.4, -0.9> }
object { Banana(2.0) rotate y * 7 translate <0, 0.5, -0.15> }
object { Banana(1.8) rotate y * 14 translate <0, 0.6, 0.55> }
