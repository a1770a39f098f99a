"""Plots as SVG: readable in black and white, with every value in words beside its mark."""
import math
from html import escape

WIDTH, LEFT, ROW = 720, 190, 26
# A line by its colour, its dashes and the shape of its marks.
LINES = [("#0f4c81", "", "circle"), ("#b3541e", "6 3", "square"), ("#4a7c3a", "2 3", "diamond"), ("#6b4c8a", "8 2 2 2", "circle"),
         ("#555555", "1 2", "square"), ("#8a6d1f", "4 4", "diamond")]


def _svg(height, title, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}" '
            f'font-family="sans-serif" font-size="12"><rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
            f'<text x="12" y="20" font-size="14" font-weight="bold">{escape(title)}</text>{"".join(parts)}</svg>\n')


def _text(x, y, words, anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def bars(title, rows):
    """Rows of name, value and the value in words."""
    most, parts, y = max(value for _, value, _ in rows), [], 44
    for name, value, words in rows:
        length = max(2, value / most * (WIDTH - LEFT - 150))
        parts += [_text(LEFT - 8, y + 13, name, "end"),
                  f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="17" fill="{LINES[0][0]}"/>',
                  _text(LEFT + length + 6, y + 13, words)]
        y += ROW
    return _svg(y + 8, title, parts)


def _ticks(least, most):
    return [10.0 ** power for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)]


def _mark(x, y, colour, shape):
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if shape == "diamond" else ""
    return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{colour}"{turn}/>'


def lines(title, x_name, y_name, series):
    """Both axes logarithmic; series by name are lists of x and y."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [max(y, 1e-3) for points in series.values() for _, y in points]
    x_ticks, y_ticks = _ticks(min(xs), max(xs)), _ticks(min(ys), max(ys))
    left, top, right, bottom = 70, 52, WIDTH - 210, 330

    def place(value, ticks, start, end):
        span = math.log10(ticks[-1] / ticks[0]) or 1
        return start + math.log10(max(value, 1e-3) / ticks[0]) / span * (end - start)

    parts = [_text(left, 42, y_name), _text(right, bottom + 34, x_name, "end")]
    for tick in x_ticks:
        x = place(tick, x_ticks, left, right)
        parts += [f'<path d="M{x:.1f} {top}V{bottom}" stroke="#dddddd"/>', _text(x, bottom + 16, f"{tick:,.10g}", "middle")]
    for tick in y_ticks:
        y = place(tick, y_ticks, bottom, top)
        parts += [f'<path d="M{left} {y:.1f}H{right}" stroke="#dddddd"/>', _text(left - 6, y + 4, f"{tick:,.10g}", "end")]
    for number, (name, points) in enumerate(series.items()):
        colour, dashes, shape = LINES[number % len(LINES)]
        at = [(place(x, x_ticks, left, right), place(y, y_ticks, bottom, top)) for x, y in points]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>')
        parts += [_mark(x, y, colour, shape) for x, y in at]
        y = top + 12 + number * 22
        parts += [f'<path d="M{right + 16} {y - 4}h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>',
                  _mark(right + 30, y - 4, colour, shape), _text(right + 50, y, name)]
    return _svg(bottom + 46, title, parts)
