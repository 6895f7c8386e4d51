"""MNIST: handwritten digits of 28 by 28 pixels, fetched when asked for and never without a check."""

from __future__ import annotations

import gzip
import hashlib
import struct
import urllib.request
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from dezero_lite.stage4.datasets import Dataset, Transform


class MNIST(Dataset):
    """Handwritten digits of 28 by 28 pixels, many to train with and others to test with.

    Samples (784,) from 0 to 1 in float32, labels 0 to 9; transform comes after that. folder: where the
    files are kept, in the user's cache unless told otherwise. download: fetch the files that are not there.
    Raises FileNotFoundError where a file is missing, and ValueError where one is not what it should be.
    Source: LeCun et al., Gradient-based learning applied to document recognition (1998).

    >>> try:
    ...     dataset = MNIST(folder="nowhere")
    ... except FileNotFoundError as error:
    ...     print(str(error).partition("; ")[2])
    write MNIST(download=True) to fetch it from https://ossci-datasets.s3.amazonaws.com/mnist/
    """

    source = "https://ossci-datasets.s3.amazonaws.com/mnist/"
    # of the unpacked bytes, by SHA-256: packed ones differ from place to place
    sums: ClassVar[dict[str, str]] = {
        "train-images-idx3": (
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
        ),
        "train-labels-idx1": (
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
        ),
        "t10k-images-idx3": (
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
        ),
        "t10k-labels-idx1": (
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
        ),
    }

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
        download: bool = False,
        folder: Any = None,
    ) -> None:
        if folder is None:
            folder = Path.home() / ".cache" / "dezero_lite"
        folder = Path(folder)
        images, labels = list(self.sums)[:2] if train else list(self.sums)[2:]
        data = read_idx(self.unpacked(images, folder, download)).reshape(-1, 784)
        label = read_idx(self.unpacked(labels, folder, download)).astype(np.int64)
        data = data / np.float32(255)
        super().__init__(data, label, transform, target_transform)

    def unpacked(self, name: str, folder: Path, download: bool) -> bytes:
        """Return the unpacked bytes of a file; fetch it before that, if need be and if wanted."""
        file = folder / f"{name}-ubyte.gz"
        if not file.exists() and not download:
            advice = f"write MNIST(download=True) to fetch it from {self.source}"
            raise FileNotFoundError(f"{file} is missing; {advice}")
        if file.exists():
            packed = file.read_bytes()
        else:
            url = self.source + file.name
            with urllib.request.urlopen(url, timeout=60) as answer:
                packed = answer.read()
        content = gzip.decompress(packed)
        found = hashlib.sha256(content).hexdigest()
        if found != self.sums[name]:
            sums = f"{found}, not {self.sums[name]}"
            raise ValueError(
                f"{file} has the SHA-256 {sums}; remove it and fetch it again"
            )
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            partial = file.with_suffix(".part")
            partial.write_bytes(packed)
            partial.replace(file)  # whole or not at all
        return content


def read_idx(content: bytes) -> np.ndarray:
    """Return the array that the bytes of an IDX file hold: two zeros, type, number of axes, lengths, elements.

    Raises ValueError where they are none, or of another type than bytes, or of another length.
    """
    if content[:3] != b"\0\0\x08":
        raise ValueError(
            f"this isn't an IDX file of bytes; it begins with {content[:3]!r}"
        )
    shape = struct.unpack_from(f">{content[3]}I", content, 4)
    elements = np.frombuffer(content, np.uint8, offset=4 + 4 * len(shape))
    size = int(np.prod(shape))
    if elements.size != size:
        raise ValueError(
            f"an IDX file of shape {shape} needs {size} bytes, "
            f"got {elements.size}"
        )
    return elements.reshape(shape)
