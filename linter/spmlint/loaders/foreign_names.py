"""Files that are none of ours by their names alone, so that nobody need read them: they are most of a repository, and the
largest.
"""

from __future__ import annotations

_PICTURES = "avi bmp eot gif ico jpeg jpg mov mp3 mp4 otf png svg tif tiff ttf wav webp woff woff2"
_ARCHIVES = "7z a bz2 class dll dylib egg exe gz jar o pyc so tar tgz war wasm whl xz zip zst"
_TABLES = "arrow avro csv db docx feather h5 npy npz orc parquet pdf pkl pptx sqlite tsv xls xlsx"
_PROGRAMS = (
    "c cc cpp cs css go h hpp htm html java js jsx kt less lock lua map mjs php proto rb rs scala scss swift ts tsx vue"
)
_FOREIGN = frozenset(" ".join((_PICTURES, _ARCHIVES, _TABLES, _PROGRAMS)).split())
_OURS = ("dockerfile", "containerfile", "makefile", "gnumakefile", "spark-default")
"""How names begin whose endings say nothing."""


def is_foreign(path: str) -> bool:
    """Whether no file of this name is ours, whatever it holds."""
    beginning, dot, ending = path.lower().rpartition(".")
    return dot != "" and ending in _FOREIGN and not beginning.replace("\\", "/").rsplit("/", 1)[-1].startswith(_OURS)
