"""The error texts of what reads JSON and archives: English as they are, Chinese in Chinese."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from tuibrowser.host.library_errors import archive_reason, json_reason
from tuibrowser.language import i18n
from tuibrowser.language.i18n import SIMPLIFIED, catalogue, plain, shown

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "江水東流，晝夜不息。".encode() * 200


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", catalogue(SIMPLIFIED))


def error_of(read: Callable[[], object]) -> Exception:
    with pytest.raises(Exception) as found:  # noqa: PT011  each library has its own
        read()
    return found.value


@pytest.mark.parametrize(
    "text", ["", "{", '{"水" 1}', "[1 2]", "[1] 2", '"\\x"', '"水', '"\n"', '["\\u12"]', '{"水":1,}', "[1,]"]
)
def test_what_is_no_json_is_said_in_the_readers_language(text: str) -> None:
    error = error_of(lambda: json.loads(text))
    reason = json_reason(error)
    assert reason == str(error)
    assert re.search(r"第 \d+ 行第 \d+ 列", shown(reason))
    assert not re.search("[a-z]{2}", shown(reason))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 0xFF,)) + data[at + 1 :]


def stored() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", TEXT)
    return made.getvalue()


@pytest.mark.parametrize(
    ("read", "english", "chinese"),
    [
        (lambda: zipfile.ZipFile(io.BytesIO(b"PK\3\4" + bytes(99))), "File is not a zip file", "不是 ZIP 文件"),
        (
            lambda: zipfile.ZipFile(io.BytesIO(flipped(stored(), 60))).read("a.txt"),
            "a checksum is wrong",
            "校验和不符",
        ),
        (
            lambda: gzip.decompress(gzip.compress(TEXT)[:-9]),
            "Compressed file ended before the end-of-stream marker was reached",
            "压缩文件不完整",
        ),
        (lambda: gzip.decompress(flipped(gzip.compress(TEXT), -6)), "a checksum is wrong", "校验和不符"),
        (lambda: gzip.decompress(b"\x1f\x8a" + TEXT), "not a gzip file", "不是 gzip 文件"),
        (lambda: bz2.decompress(TEXT), "Invalid data stream", "数据有误"),
        (
            lambda: lzma.decompress(TEXT),
            "Input format not supported by decoder",
            "不支持这种压缩格式",
        ),
        (lambda: tarfile.TarFile(fileobj=io.BytesIO(b"x" * 1024)), "invalid header", "文件头有误"),
        (lambda: tarfile.TarFile(fileobj=io.BytesIO()), "empty file", "空文件"),
    ],
)
def test_what_cannot_be_unpacked_is_said_in_the_readers_language(
    read: Callable[[], object], english: str, chinese: str
) -> None:
    reason = archive_reason(error_of(read))
    assert (reason, shown(reason)) == (english, chinese)


def test_a_message_an_unknown_text_and_an_error_without_one_are_what_they_are() -> None:
    assert shown(archive_reason(OSError(plain("encrypted")))) == shown(plain("encrypted")) != "encrypted"
    assert archive_reason(ValueError("some new words")) == "some new words"
    assert archive_reason(EOFError()) == "EOFError"
    assert json_reason(TypeError("some new words")) == "some new words"
