"""How the networks are trained: which of them together, from whom, for how long, on what."""

import dataclasses

LABEL_SMOOTHING = 0.1
# Weight decay by network.
DECAY = {"1.0": 0.05, "1.0-shallow": 0.05, "0.75": 0.05, "0.5": 0.03, "0.25": 0.015}
DECAY["teacher"] = 0.02
# By network, how many batches of whole images of 128, 160, 192 and 224 a side batch norm's statistics
# are taken from at the end. Most are of 224, which the program uses unless told otherwise; that
# costs width 0.25 too much at 128, where width 1 has most to spare.
SETTLING = {
    "1.0": (0, 0, 4, 28),
    "1.0-shallow": (4, 4, 8, 16),
    "0.75": (4, 4, 8, 16),
    "0.5": (4, 4, 8, 16),
    "0.25": (8, 8, 8, 8),
    "teacher": (0, 0, 16, 16),
}
# From here on, of each phase, views are more like the whole images that will be asked about.
LATE = 0.85


@dataclasses.dataclass(frozen=True)
class Phase:
    """Networks that learn from the same batches. Pairs are of the start and the end."""

    networks: list
    minutes: float
    rate: float  # the highest learning rate
    # Trained networks whose answers, averaged, are learned too; where there are none, the answers
    # of those in training are. By network, the part of what is learned that these are.
    teachers: list
    taught: dict
    # Until and after LATE, the share of batches whose images are mixed.
    mixing: tuple
    # Until and after LATE, the smallest part of an image that a view shows.
    areas: tuple = (0.3, 0.4)
    # The sides of batches and how often they come, changing from the start to the end. Random
    # crops show things larger than whole images do, so smaller sides than 224 serve 224.
    sides: tuple = (112, 160, 208)
    shares: tuple = ((0.5, 0.4, 0.1), (0.2, 0.4, 0.4))
    # Mixup's share of each image is drawn from Beta(blending, blending).
    blending: float = 0.8
    # The side at which the teachers see each view; 0: as it is. Crops enlarge, so they know best at
    # less than what they were taught for.
    teachers_see: int = 0
    # Starts from the networks that an earlier phase left.
    goes_on: bool = False
    # These are as unexport.py read them: batch norm does nothing there but add a bias.
    folded: bool = False
    # Starts from the layers that it shares with this network.
    begins_with: str = ""
    batch: int = 1024
    # How many batches, so that a run can be repeated; 0: as many as the minutes allow.
    steps: int = 0
    # The part of all this after which it ends, as if the rest were still to come.
    ends: float = 1
    # What stays is the mean of these and of what the phase made of them.
    averages: bool = False


# Width 1 without the ten layers that change neither side nor channels, taught by the deep ones.
SHALLOW = Phase(
    networks=["1.0-shallow"],
    minutes=0,
    rate=2.5e-3,
    teachers=["1.0", "0.75"],
    taught={"1.0-shallow": 0.85},
    mixing=(0.9, 0.5),
    areas=(0.3, 0.5),
    shares=((0.5, 0.4, 0.1), (0.15, 0.35, 0.5)),
    teachers_see=160,
    begins_with="1.0",
    steps=27850,
    # The machine went, and what had been saved by then is what went on.
    ends=15000 / 27850,
)

PHASES = {
    "wide": Phase(
        networks=["1.0", "0.75"],
        minutes=24.5,
        rate=3e-3,
        teachers=[],
        taught={"1.0": 0.35, "0.75": 0.45},
        sides=(96, 128, 160, 192),
        shares=((0.45, 0.4, 0.15, 0.0), (0.1, 0.3, 0.3, 0.3)),
        areas=(0.3, 0.45),
        mixing=(0.8, 0.3),
        blending=0.4,
    ),
    # Both again, each taught by the two together, on views too mixed to be learned by heart.
    "again": Phase(
        networks=["1.0", "0.75"],
        minutes=6,
        rate=1.5e-3,
        teachers=["1.0", "0.75"],
        taught={"1.0": 0.8, "0.75": 0.8},
        mixing=(1, 0.6),
        goes_on=True,
        averages=True,
    ),
    "narrow": Phase(
        networks=["0.5", "0.25"],
        minutes=9.7,
        rate=3e-3,
        teachers=["1.0", "0.75"],
        taught={"0.5": 0.8, "0.25": 0.8},
        mixing=(0.8, 0.48),
    ),
    # Alone, for twice as many epochs, on views that are calmer in the end and more often large.
    "half": Phase(
        networks=["0.5"],
        minutes=14.1,
        rate=2.5e-3,
        teachers=["1.0", "0.75"],
        taught={"0.5": 0.9},
        mixing=(0.8, 0.4),
        areas=(0.3, 0.5),
        shares=((0.5, 0.4, 0.1), (0.25, 0.4, 0.35)),
        goes_on=True,
    ),
    # Width 1 once more, on larger views: what is asked about most is 224. Alone it forgets what it
    # knew of 128; the mean with what was there knows both.
    "large": Phase(
        networks=["1.0"],
        minutes=9.4,
        rate=1.5e-3,
        teachers=["1.0", "0.75", "0.5"],
        taught={"1.0": 0.85},
        mixing=(1, 0.6),
        areas=(0.3, 0.5),
        sides=(112, 152, 192, 224),
        shares=((0.3, 0.3, 0.25, 0.15), (0.2, 0.2, 0.3, 0.3)),
        teachers_see=160,
        goes_on=True,
        averages=True,
    ),
    "shallow": SHALLOW,
    "shallow-end": dataclasses.replace(
        SHALLOW,
        rate=1.3e-3,
        shares=((0.31, 0.37, 0.32), (0.15, 0.35, 0.5)),
        begins_with="",
        goes_on=True,
        steps=4920,
        ends=1,
    ),
    # EfficientNet-Lite2, which knows ImageNet's photos, learns what they are like enlarged.
    "teacher": Phase(
        networks=["teacher"],
        minutes=0,
        rate=4e-4,
        teachers=[],
        taught={"teacher": 0},
        mixing=(0.5, 0.2),
        areas=(0.3, 0.5),
        sides=(192,),
        shares=((1,), (1,)),
        goes_on=True,
        batch=512,
        steps=1200,
    ),
    # All five once more on the same batches, from what was shipped until then.
    "family": Phase(
        networks=["1.0", "1.0-shallow", "0.75", "0.5", "0.25"],
        minutes=0,
        rate=1.8e-3,
        teachers=["teacher"],
        taught={name: 0.9 for name in ["1.0", "1.0-shallow", "0.75", "0.5", "0.25"]},
        mixing=(0.8, 0.4),
        areas=(0.3, 0.5),
        sides=(128, 176, 224),
        shares=((0.4, 0.5, 0.1), (0.1, 0.4, 0.5)),
        teachers_see=192,
        goes_on=True,
        folded=True,
        batch=512,
        steps=5731,
    ),
}
