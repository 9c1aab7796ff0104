"""Make iesogi/documents/data/world.json: the outline of each State as SVG path data, in the Robinson projection.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/world_map.py package/countries-110m.json package/countries-50m.json

Natural Earth (naturalearthdata.com) is in the public domain; world-atlas (ISC) carries it as TopoJSON. Shapes come
from the coarse file; States too small for it get a point, the middle of their shape in the finer file. Shapes are
keyed by ISO 3166-1 alpha-3 of the States in iesogi/reference/data/states.csv; land that is no such State is kept as
one neutral outline and never coloured. Coordinates are whole numbers in a frame 1360 wide.
"""

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATES = ROOT / "iesogi/reference/data/states.csv"
TARGET = ROOT / "iesogi/documents/data/world.json"
WIDTH, LOWEST = 1360, -58.0  # Antarctica is left out
# Robinson's table: for each five degrees of latitude the length of the parallel and its distance from the equator.
LENGTHS = [1, 0.9986, 0.9954, 0.99, 0.9822, 0.973, 0.96, 0.9427, 0.9216, 0.8962, 0.8679, 0.835, 0.7986, 0.7597,
           0.7186, 0.6732, 0.6213, 0.5722, 0.5322]  # fmt: skip
HEIGHTS = [0, 0.062, 0.124, 0.186, 0.248, 0.31, 0.372, 0.434, 0.4958, 0.5571, 0.6176, 0.6769, 0.7346, 0.7903, 0.8435,
           0.8936, 0.9394, 0.9761, 1]  # fmt: skip
TOP = 84.0
# Names in Natural Earth that carry no ISO number, with the code of the State they belong to in United Nations maps.
BY_NAME = {"N. Cyprus": "CYP", "Somaliland": "SOM", "Kosovo": None, "Indian Ocean Ter.": None, "Siachen Glacier": None}


def interpolated(table, latitude):
    step, rest = divmod(abs(latitude) / 5, 1)
    step = int(step)
    return table[step] + (table[min(step + 1, 18)] - table[step]) * rest


def height(latitude):
    return 0.5072 * interpolated(HEIGHTS, latitude) * (1 if latitude >= 0 else -1)


def project(longitude, latitude):
    """In units of the width of the map: x from 0 to 1, y from the top edge down."""
    x = 0.5 + interpolated(LENGTHS, latitude) * longitude / 360
    return x * WIDTH, (height(TOP) - height(latitude)) * WIDTH / 2


class Topology:
    def __init__(self, path):
        data = json.loads(Path(path).read_text())
        self.shapes = data["objects"]["countries"]["geometries"]
        (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
        self.arcs = []
        for arc in data["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            self.arcs.append(points)

    def rings(self, shape):
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        for polygon in polygons:
            for ring in polygon:
                points = []
                for index in ring:
                    arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
                    points += arc[1:] if points else arc
                yield points


def whole(ring):
    """Rings that step over the 180th meridian, cut into what lies on either side of it."""
    unrolled, turn = [ring[0]], 0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn += (before - longitude > 180) * 360 - (longitude - before > 180) * 360
        unrolled.append((longitude + turn, latitude))
    for shift in (-360, 0, 360):
        moved = [(longitude + shift, latitude) for longitude, latitude in unrolled]
        if part := cut(cut(moved, -180, 1), 180, -1):
            yield part


def cut(ring, meridian, side):
    """The part of a ring east (side 1) or west (side -1) of a meridian (Sutherland and Hodgman)."""
    kept = []
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = (x1 - meridian) * side >= 0, (x2 - meridian) * side >= 0
        if inside:
            kept.append((x1, y1))
        if inside != next_inside:
            kept.append((meridian, y1 + (y2 - y1) * (meridian - x1) / (x2 - x1)))
    return kept


def area(points):
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def drawn(rings):
    """Path data with relative steps in whole numbers; a ring that vanishes at this size is left out."""
    parts = []
    for ring in (part for each in rings for part in whole(each)):
        points = []
        for longitude, latitude in ring:
            x, y = project(longitude, max(latitude, LOWEST - 2))
            point = round(x), round(y)
            if not points or point != points[-1]:
                points.append(point)
        if len(points) < 4 or area(points) < 4:
            continue
        (x, y), rest = points[0], points[1:-1] if points[-1] == points[0] else points[1:]
        steps = []
        for px, py in rest:
            steps.append(f"{px - x} {py - y}")
            x, y = px, py
        parts.append(f"M{points[0][0]} {points[0][1]}l" + " ".join(steps).replace(" -", "-") + "z")
    return "".join(parts)


def middle(topology, shape):
    biggest = max(topology.rings(shape), key=area)
    longitudes, latitudes = zip(*biggest, strict=True)
    x, y = project(sum(longitudes) / len(longitudes), sum(latitudes) / len(latitudes))
    return [round(x), round(y)]


def keyed(topology, codes):
    for shape in topology.shapes:
        name = shape["properties"]["name"]
        number = shape.get("id", "")
        yield (codes.get(int(number)) if number.isdigit() else BY_NAME.get(name)), name, shape


def numeric_codes():
    """ISO 3166-1 numeric to alpha-3 of the States of the portal."""
    import pycountry

    with STATES.open(encoding="utf-8") as file:
        wanted = {row["iso3"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    return {int(each.numeric): each.alpha_3 for each in pycountry.countries if each.alpha_3 in wanted}, wanted


def main(coarse, fine):
    coarse, fine = Topology(coarse), Topology(fine)
    codes, wanted = numeric_codes()
    shapes, others = {}, []
    for code, name, shape in keyed(coarse, codes):
        if name == "Antarctica":
            continue
        path = drawn(coarse.rings(shape))
        if code and path:
            shapes[code] = shapes.get(code, "") + path
        elif path:
            others.append(path)
    points = {}
    for code, _name, shape in keyed(fine, codes):
        if code and code not in shapes and code not in points:
            points[code] = middle(fine, shape)
    points |= {code: place(*where) for code, where in SMALLEST.items() if code not in shapes.keys() | points.keys()}
    missing = sorted(wanted - shapes.keys() - points.keys())
    if missing:
        sys.exit(f"No shape and no point for {', '.join(missing)}.")
    tall = round((height(TOP) - height(LOWEST)) * WIDTH / 2)
    data = {"width": WIDTH, "height": tall, "shapes": shapes, "points": points, "others": "".join(others)}
    TARGET.write_text(json.dumps(data, sort_keys=True, separators=(",", ":")) + "\n")
    print(f"{len(shapes)} shapes, {len(points)} points, {TARGET.stat().st_size:,} bytes")


# Longitude and latitude of States that even the finer file draws too small to be found.
SMALLEST = {"TUV": (179.2, -8.5)}


def place(longitude, latitude):
    return [round(value) for value in project(longitude, latitude)]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
