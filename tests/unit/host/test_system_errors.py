from __future__ import annotations

import errno
import tomllib

import pytest

from tuibrowser.host.system_errors import system_error, system_reason, toml_reason
from tuibrowser.language.i18n import Message

WRONG = ("a = \n", "a = 3 4\n", 'a = "x\n', "[a\n", "a b = 3\n", "a\n", "a=1\na=2\n", "= 3\n", "a = [1 2]\n")


def test_what_the_system_says_is_a_message_in_its_own_words() -> None:
    error = FileNotFoundError(errno.ENOENT, "No such file or directory", "甲.txt")
    assert system_reason(error) == "no such file or directory"
    assert system_reason(error, error.strerror) == "No such file or directory"
    assert system_error(error) == "no such file or directory: 甲.txt"
    for message in (system_reason(error), system_reason(error, error.strerror)):
        assert isinstance(message, Message)
        assert message.template == "no such file or directory"


def test_what_is_not_known_stays_as_it_is() -> None:
    assert system_reason(OSError(errno.EXFULL, "Exchange full")) == "exchange full"
    assert system_reason(OSError("quite wrong")) == "quite wrong"


@pytest.mark.parametrize("text", [*WRONG, "a = [1\n", "[a]\n[a]\n"])
def test_what_python_says_of_a_text_is_a_message_and_the_same_in_english(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    reason = toml_reason(raised.value)
    assert reason == str(raised.value)
    assert isinstance(reason, Message)


@pytest.mark.parametrize("text", WRONG)
def test_the_common_mistakes_are_messages_themselves(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    reason = toml_reason(raised.value)
    assert isinstance(reason, Message)
    assert isinstance(reason.values["what"], Message)


def test_another_wording_of_python_stays_as_it_is() -> None:
    assert toml_reason(ValueError("quite wrong")) == "quite wrong"
