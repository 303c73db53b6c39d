"""The table of degradations: one row for each kind of scan that reaches an office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """How a scan comes about.  Lengths are pixels at ``dpi`` unless said otherwise; zero means not at all."""

    about: str
    dpi: int = 200
    tilt: float = 0.0
    """Standard deviation of the skew in degrees; it never exceeds twice that."""
    blur: float = 0.0
    noise: float = 0.0
    shade: float = 0.0
    uneven: float = 0.0
    faint: float = 0.0
    grey: bool = False
    contrast: float = 1.0
    specks: int = 0
    streaks: int = 0
    holes: bool = False
    through: float = 0.0
    lid: int = 0
    jpeg: int = 90
    photograph: bool = False
    signed: bool = False
    """A pen signature stands above the name."""
    sealed: bool = False
    """The agency's round stamp, over the signature and across the sheets' edges."""
    hand: bool = False
    """Number, day and the received stamp's values are written by hand."""
    blank_backs: bool = False
    """Both sides were scanned: an empty reverse follows every sheet."""
    turned: bool = False
    """Sheets went through the feeder sideways or upside down, each by chance."""
    blot: bool = False
    """Ink was spilt over the number: it can no longer be read."""


PRESETS: dict[str, Preset] = {
    "clean": Preset("a page as a good scanner sees a fresh print", noise=0.008, blur=0.35, jpeg=92),
    "office": Preset(
        "what clerks receive every day: slightly tilted, some grain and dust, a signature",
        tilt=0.45, blur=0.5, noise=0.011, shade=0.015, uneven=0.02, specks=14, through=0.02, jpeg=80, signed=True,
    ),
    "photocopy": Preset(
        "a copy of a copy: grey, faint, low resolution, punched, both sides scanned",
        dpi=150, tilt=0.9, blur=0.6, noise=0.03, shade=0.05, uneven=0.06, faint=0.55, grey=True, contrast=1.25,
        specks=70, streaks=3, holes=True, through=0.05, lid=14, jpeg=70, signed=True, sealed=True, blank_backs=True,
    ),
    "stamped": Preset(
        "an issued document: office, with the red seal over the signature and across the edges",
        tilt=0.6, blur=0.55, noise=0.012, shade=0.02, uneven=0.03, specks=20, streaks=1, through=0.025, jpeg=80,
        signed=True, sealed=True,
    ),
    "handwritten": Preset(
        "stamped, with number, day and the received stamp's values in blue ink",
        tilt=0.5, blur=0.55, noise=0.012, shade=0.02, uneven=0.03, specks=20, through=0.02, jpeg=80,
        signed=True, sealed=True, hand=True,
    ),
    "phone": Preset(
        "photographed on a desk: perspective, shadow, a desk around the sheet",
        dpi=200, blur=0.8, noise=0.025, shade=0.05, uneven=0.05, jpeg=72, photograph=True, signed=True, sealed=True,
    ),
    "turned": Preset(
        "office, but sheets were fed sideways or upside down",
        tilt=0.45, blur=0.5, noise=0.011, shade=0.015, uneven=0.02, specks=14, through=0.02, jpeg=80,
        signed=True, sealed=True, turned=True,
    ),
    "damaged": Preset(
        "stamped, with an ink blot over the number: nobody can read it any more",
        tilt=0.5, blur=0.55, noise=0.014, shade=0.03, uneven=0.05, specks=40, holes=True, through=0.03, jpeg=75,
        signed=True, sealed=True, blot=True,
    ),
}  # fmt: skip

DEFAULT = ("office", "stamped")
