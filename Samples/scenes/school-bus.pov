// A yellow school bus on a road.
#include "studio.inc"
Look(<-8, 3, -9.5>, <-0.2, 1.5, 0>, 41)
Outdoors()
Grass()
box { <-100, 0, -3.5>, <100, 0.02, 3.5> pigment { granite color_map { [0 rgb 0.25] [1 rgb 0.4] } } }
#for (I, 0, 30)
  cone { 0, 1.5, y * 5, 0 scale <1, 0.8 + rand(R) * 0.5, 1> translate <-30 + I * 3 + rand(R), 0, 14 + rand(R) * 6>
    pigment { bozo scale 0.3 color_map { [0 rgb <0.05, 0.16, 0.04>] [1 rgb <0.15, 0.3, 0.08>] } } normal { bumps 1 scale 0.2 } }
#end

#declare Yellow = texture { pigment { rgb <1, 0.62, 0.02> } finish { ambient 0.1 diffuse 0.8 specular 0.4 } }
#declare Black = texture { pigment { rgb 0.03 } finish { specular 0.3 } }
#declare Pane = texture { pigment { rgb <0.08, 0.1, 0.13> } finish { reflection 0.25 specular 0.8 } }
#include "shapes.inc"
union {
  object { Round_Box_Merge(<-2.6, 0.7, -1.2>, <4.6, 3.1, 1.2>, 0.3) texture { Yellow } }
  object { Round_Box_Merge(<-4, 0.7, -1.05>, <-2.2, 1.75, 1.05>, 0.2) texture { Yellow } }
  // Black stripes along the sides, windows, the windscreen, lamps.
  #for (I, 0, 2)
    box { <-2.4, 0.95 + I * 0.3, -1.23>, <4.5, 1.0 + I * 0.3, 1.23> texture { Black } }
  #end
  #for (I, 0, 7)
    box { <-1.7 + I * 0.77, 1.85, -1.22>, <-1.1 + I * 0.77, 2.6, 1.22> texture { Pane } }
  #end
  box { <-2.62, 1.85, -1>, <-2.5, 2.6, -0.05> texture { Pane } }
  box { <-2.62, 1.85, 0.05>, <-2.5, 2.6, 1> texture { Pane } }
  box { <-2.63, 2.68, -0.8>, <-2.5, 2.95, 0.8> texture { Black } }
  box { <-4.03, 0.95, -0.55>, <-3.9, 1.55, 0.55> texture { Black } }
  #for (S, -1, 1, 2)
    cylinder { <-4.04, 1.35, S * 0.8>, <-3.9, 1.35, S * 0.8>, 0.16 pigment { rgb 0.95 } finish { ambient 0.4 } }
    cylinder { <-2.66, 2.9, S * 0.95>, <-2.5, 2.9, S * 0.95>, 0.11 pigment { rgb <0.9, 0.1, 0.05> } }
    #for (I, 0, 1)
      cylinder { <-3.05 + I * 6.1, 0.55, S * 0.85>, <-3.05 + I * 6.1, 0.55, S * 1.24>, 0.55 texture { Black } }
      cylinder { <-3.05 + I * 6.1, 0.55, S * 1.2>, <-3.05 + I * 6.1, 0.55, S * 1.26>, 0.28 pigment { rgb 0.6 } }
    #end
  #end
  box { <-4.2, 0.55, -1.15>, <-4, 0.8, 1.15> texture { Black } }
  box { <-4, 0.5, -1.15>, <4.6, 0.72, 1.15> texture { Black } }
}
