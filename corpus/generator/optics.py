"""What copying and scanning do to a page: each function takes a picture (float32, 0 black to 1 white) and returns one.

The strengths are read off scans that Vietnamese agencies publish: 150-200 dpi, a tilt below two degrees, JPEG.
"""

from __future__ import annotations

import cv2
import numpy as np

from corpus.generator.ink import Mask, Picture, cloud


def blur(page: Picture, sigma: float) -> Picture:
    """Soft edges; ``sigma`` in pixels."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.float32) if sigma > 0 else page


def noise(page: Picture, rng: np.random.Generator, strength: float) -> Picture:
    """Grain of a sensor, mostly the same in all three colours; ``strength`` is its standard deviation."""
    if strength <= 0:
        return page
    grain = rng.standard_normal(page.shape[:2], dtype=np.float32) * np.float32(strength)
    tint = rng.standard_normal((page.shape[0] // 2 + 1, page.shape[1] // 2 + 1, 3), dtype=np.float32)
    page += grain[..., None]
    page += cv2.resize(tint, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_NEAREST) * np.float32(
        strength * 0.4
    )
    return np.clip(page, 0, 1, out=page)


def paper(page: Picture, rng: np.random.Generator, shade: float) -> Picture:
    """A sheet that is not quite white: ``shade`` is how far from white, with faint clouds."""
    if shade <= 0:
        return page
    tint = np.array([1 - shade * 0.6, 1 - shade * 0.5, 1 - shade * 0.25], np.float32)
    clouds = 1 - np.float32(shade * 0.5) * cloud(rng, page.shape[:2], 220)
    page *= tint
    page *= clouds[..., None]
    return page


def light(page: Picture, rng: np.random.Generator, unevenness: float) -> Picture:
    """Uneven light: a slope across the sheet and a fall towards one edge; ``unevenness`` 0.1 darkens by a tenth."""
    if unevenness <= 0:
        return page
    rows, columns = page.shape[:2]
    angle = float(rng.uniform(0, 2 * np.pi))
    y, x = np.linspace(-1, 1, rows, dtype=np.float32)[:, None], np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    slope = (np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y + 1.5) / 3
    edge = np.clip((x if rng.random() < 0.5 else -x) - 0.86, 0, 1) * 4
    page *= (1 - np.float32(unevenness) * slope - np.float32(unevenness) * edge)[..., None]
    return np.clip(page, 0, 1, out=page)


def faint(page: Picture, rng: np.random.Generator, loss: float) -> Picture:
    """Toner that did not take: ink keeps ``1 - loss`` of its darkness, less in blotches, with pinholes."""
    if loss <= 0:
        return page
    keep = 1 - np.float32(loss) * (0.75 + 0.5 * cloud(rng, page.shape[:2], 160))
    holes = rng.random(page.shape[:2], dtype=np.float32) < 0.10 * loss
    keep = np.where(holes, keep * np.float32(0.3), keep).astype(np.float32)
    return np.asarray(1 - (1 - page) * keep[..., None], np.float32)


def grey(page: Picture) -> Picture:
    """A black-and-white copier: red and blue ink come out as darkness like any other."""
    single = page @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.repeat(single[..., None], 3, axis=2).astype(np.float32)


def contrast(page: Picture, gain: float) -> Picture:
    """Steepen greys about their middle, as copiers do; 1 leaves the page as it is."""
    if gain == 1:
        return page
    return np.clip((page - 0.55) * np.float32(gain) + 0.55, 0, 1).astype(np.float32)


def specks(page: Picture, rng: np.random.Generator, count: int, dpi: float) -> Picture:
    """Dust and staple marks: dark dots, a third of them crowded at the top left where staples were."""
    rows, columns = page.shape[:2]
    for at in range(int(rng.poisson(count))):
        if at % 3 == 0:
            x, y = rng.uniform(0.01, 0.08) * columns, rng.uniform(0.01, 0.05) * rows
        else:
            x, y = rng.uniform(0, columns), rng.uniform(0, rows)
        radius = max(1, int(abs(rng.normal(0, 0.16)) / 25.4 * dpi))
        level = float(rng.uniform(0.15, 0.6))
        cv2.circle(page, (int(x), int(y)), radius, (level, level, level), -1, cv2.LINE_AA)
    return page


def streaks(page: Picture, rng: np.random.Generator, count: int) -> Picture:
    """Dirt on the feeder's glass: thin vertical lines the whole height of the sheet."""
    for _ in range(count):
        x = int(rng.integers(0, page.shape[1] - 2))
        wide = int(rng.integers(1, 3))
        tint = rng.uniform(0.80, 0.96, 3).astype(np.float32)
        page[:, x : x + wide] *= tint
    return page


def holes(page: Picture, rng: np.random.Generator, dpi: float) -> Picture:
    """Two punched holes in the left margin, 80 mm apart (ISO 838), through which the lid is seen dark."""
    middle = page.shape[0] / 2 + float(rng.normal(0, 3)) / 25.4 * dpi
    x = float(rng.uniform(7.5, 9.5)) / 25.4 * dpi
    level = float(rng.uniform(0.12, 0.5))
    for side in (-40, 40):
        centre = (int(x + rng.normal(0, 2)), int(middle + side / 25.4 * dpi))
        cv2.circle(page, centre, int(2.9 / 25.4 * dpi), (level, level, level), -1, cv2.LINE_AA)
    return page


def through(page: Picture, back: Picture, strength: float) -> Picture:
    """The other side shining through thin paper: mirrored, soft and pale."""
    if strength <= 0:
        return page
    mirrored = blur(np.ascontiguousarray(back[:, ::-1]), 2.2)
    if mirrored.shape != page.shape:
        mirrored = np.asarray(cv2.resize(mirrored, (page.shape[1], page.shape[0])), np.float32)
    return np.asarray(page * (1 - np.float32(strength) * (1 - mirrored)), np.float32)


def skew(page: Picture, degrees: float, background: float = 1.0) -> Picture:
    """Turn the sheet on the glass; what was not paper is ``background``."""
    if abs(degrees) < 1e-3:
        return page
    rows, columns = page.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(
            page,
            turn,
            (columns, rows),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(background,) * 3,
        ),
        np.float32,
    )


def lid(page: Picture, rng: np.random.Generator, width: int) -> Picture:
    """The dark edge that an open lid leaves along one side, a few pixels wide."""
    if width <= 0:
        return page
    shade = np.linspace(0.25, 1, width, dtype=np.float32)[None, :, None]
    if rng.random() < 0.5:
        page[:, :width] *= shade
    else:
        page[:, -width:] *= shade[:, ::-1]
    return page


def photograph(page: Picture, rng: np.random.Generator) -> Picture:
    """A sheet on a desk, photographed by hand: perspective, a desk around it, a shadow, motion."""
    rows, columns = page.shape[:2]
    desk = np.array([0.34, 0.27, 0.21], np.float32) * float(rng.uniform(0.8, 1.3))
    grain = cloud(rng, (rows, columns), 40)[..., None] * 0.12 + cloud(rng, (rows, columns), 300)[..., None] * 0.2
    scene = np.clip(desk + grain - 0.16, 0, 1).astype(np.float32)
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    margin = np.array([columns, rows], np.float32) * 0.035
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    target = corners + inward * margin * rng.uniform(0.4, 1.8, (4, 2)).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    sheet = cv2.warpPerspective(page, warp, (columns, rows), flags=cv2.INTER_LINEAR)
    where = cv2.warpPerspective(np.ones((rows, columns), np.float32), warp, (columns, rows), flags=cv2.INTER_LINEAR)
    scene = np.asarray(sheet * where[..., None] + scene * (1 - where[..., None]), np.float32)
    shadow: Mask = 1 - np.float32(rng.uniform(0.12, 0.28)) * cloud(rng, (rows, columns), columns * 0.7)
    scene *= shadow[..., None]
    scene *= np.array([1.0, float(rng.uniform(0.96, 0.99)), float(rng.uniform(0.88, 0.95))], np.float32)
    length = int(rng.integers(1, 4))
    if length > 1:
        scene = np.asarray(cv2.blur(scene, (length, 1)), np.float32)
    return scene


def jpeg(page: Picture, quality: int) -> tuple[bytes, bool]:
    """JPEG bytes of the picture (the same for the same picture), and whether it has colour.

    A picture without any colour is coded with one component, as a grey scanner does.
    """
    levels = np.clip(page * 255 + 0.5, 0, 255).astype(np.uint8)
    colour = not bool((levels == levels[..., :1]).all())
    picture = cv2.cvtColor(levels, cv2.COLOR_RGB2BGR) if colour else levels[..., 0]
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("the picture could not be coded as JPEG")
    return bytes(data.tobytes()), colour
