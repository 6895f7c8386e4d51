"""Step 58: the layers of VGG16, how large their outputs are, and where the parameters lie."""

from dezero_lite.stage5.vgg import VGG16, vgg_table
from figures.pencil import Drawing

WIDE, GAP, APART = 17, 5, 15  # a layer, the space to the next, and to the next block
HIGH, BARS = 120, 90  # the largest side, the longest bar
IMAGE = 224


def draw() -> Drawing:
    """Above, each layer as high as its images; in the middle, the numbers it puts out; below, its parameters."""
    blocks, sizes = VGG16.blocks, VGG16.sizes
    table = vgg_table(blocks, sizes)
    drawing, x, at, side = Drawing(), 0.0, 0, IMAGE
    places: list[float] = []
    outputs: list[float] = []
    for channels, count in blocks:
        start = x
        high = HIGH * (side / IMAGE) ** 0.55
        for _ in range(count):
            drawing.box((x, 0), (WIDE, high), "forward", "forward-fill", corner=2)
            places.append(x)
            outputs.append(float(channels * side * side))  # before the pooling that ends the block
            x += WIDE + GAP
        middle = (start + x - WIDE - GAP) / 2
        drawing.text((middle, -HIGH / 2 - 18), str(channels), 19, "forward", code=True)
        drawing.text((middle, HIGH / 2 + 18), str(side), 19, code=True)
        side = table[at + count - 1][1][1]
        at += count
        x += APART
    for size in sizes:
        drawing.box((x, 0), (WIDE - 5, 34), "back", "back-fill", corner=2)
        places.append(x)
        outputs.append(float(size))
        x += WIDE + GAP + 4
    drawing.text(((places[-3] + places[-2]) / 2, -HIGH / 2 - 18), str(sizes[0]), 19, "back", code=True)
    drawing.text((places[-1] - 4, HIGH / 2 + 18), str(sizes[-1]), 19, "back", code=True)
    _bars(drawing, places, outputs, HIGH / 2 + 52 + BARS, "forward")
    _bars(drawing, places, [float(count) for _, _, count in table], HIGH / 2 + 76 + 2 * BARS, "back")
    return drawing


def _bars(drawing: Drawing, places: list[float], values: list[float], ground: float, tone: str) -> None:
    for x, value in zip(places, values, strict=True):
        high = BARS * value / max(values)
        drawing.line([(x, ground), (x, ground - high)], tone, WIDE - 3, butt=True)
    drawing.line([(places[0] - WIDE, ground), (places[-1] + WIDE, ground)], "soft", 1.2)
