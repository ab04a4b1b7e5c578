"""A file or its content, plain or packed with gzip, in pieces of bounded size."""

import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from .notes import Notes

#: How much is read and unpacked at a time.
CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"
# Window of 32 KiB, with the header and checksum of gzip.
_WINDOW = 16 + zlib.MAX_WBITS


@contextmanager
def opened(source: "str | Path | bytes", notes: Notes) -> Iterator[BinaryIO]:
    """Open a file, or content given as bytes.

    Raises:
        LogProblems: If it is no file that can be read.
    """
    if isinstance(source, bytes):
        yield BytesIO(source)
        return
    path = Path(source)
    try:
        # Opening a pipe would wait for somebody to write into it.
        is_plain = stat.S_ISREG(path.stat().st_mode)
        file = path.open("rb") if is_plain else None
    except (OSError, ValueError) as error:
        message = f"the file cannot be read: {getattr(error, 'strerror', '') or error}"
        raise notes.stop("file", "", message) from None
    if file is None:
        raise notes.stop("file", "", "this is no plain file; name a file ending in .xes or .xes.gz")
    with file:
        yield file


def chunks_of(file: BinaryIO, notes: Notes, *, most_bytes: int) -> Iterator[bytes]:
    """Yield the content in pieces, unpacked if it begins like gzip.

    Raises:
        LogProblems: If there is more than ``most_bytes`` once unpacked, or it cannot be unpacked.
    """
    first = file.read(CHUNK)
    pieces = _unpacked(first, file, notes) if first.startswith(_GZIP) else _plain(first, file)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most_bytes:
            message = f"the log has more than {most_bytes} bytes (unpacked); raise most_bytes to read it"
            raise notes.stop("too-big", "", message)
        yield piece


def _plain(piece: bytes, file: BinaryIO) -> Iterator[bytes]:
    while piece:
        yield piece
        piece = file.read(CHUNK)


def _unpacked(piece: bytes, file: BinaryIO, notes: Notes) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(_WINDOW)
    while True:
        try:
            found = unpacking.decompress(piece, CHUNK)
        except zlib.error as error:
            message = f"the file begins like gzip but cannot be unpacked: {error}"
            raise notes.stop("gzip", "", message) from None
        if found:
            yield found
        if unpacking.eof:
            # A gzip file may be several, one after the other.
            piece = unpacking.unused_data or file.read(CHUNK)
            if not piece:
                return
            unpacking = zlib.decompressobj(_WINDOW)
            continue
        # A full piece may have left something behind that needs no more input.
        is_full = len(found) == CHUNK
        piece = unpacking.unconsumed_tail or (b"" if is_full else file.read(CHUNK))
        if not piece and not is_full:
            raise notes.stop("gzip", "", "the gzip file ends too early; it was not copied to its end")
