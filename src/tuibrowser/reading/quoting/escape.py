"""Escapes: a text so written that a format shows it as it is."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.sidecars.cells import guarded
from tuibrowser.language.patterns import late

_LINE_END: Final = late(r"\r\n?")
_AT_EDGES: Final = late(r"^[ \t]+|(?<![ \t])[ \t]++$", re.MULTILINE)
_MARKDOWN: Final = late(r"[\\`*_{}\[\]<>|~&$]|^(\u3000*)([-+#=]|\d+[.)])", re.MULTILINE)

# U+200B is what Org's manual has to keep a mark from being one.
_ORG: Final = late(
    r"(?P<start>^[^\S\n]*(?=\*+\s|#|:\w|\||[-+]\s|\d+[.)]\s|%%|\[fn:|DEADLINE|SCHEDULED|CLOSED|CLOCK))"
    r"|(?P<slash>\\(?=[A-Za-z_\\(\[]))"
    r"|(?P<mark>(?:^|(?<=[\s\-('\"{\u200b]))[*/=~+](?=\S)|[\[<{](?=[\[<{\d%fc])|@(?=@)|\$(?=\S)|src_|call_)"
    r"|(?P<low>[_^])",
    re.MULTILINE,
)
_ORG_ENTITIES: Final = {"_": r"\under{}", "^": r"\asciicirc{}"}

_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
}
_LATEX_MARKS: Final = late("[" + re.escape("".join(_LATEX)) + "]")
_LIGATURE: Final = late("-(?=-)|'(?=')|[!?](?=`)")


def markdown(text: str) -> str:
    """A text for Markdown, for which a CR ends a line too.

    The blanks before its lines are taken away, since four of them would make it code, and those after, since two of
    them would break the line.
    """
    return _MARKDOWN.sub(_backslash, _AT_EDGES.sub("", _LINE_END.sub("\n", text)))


def org(text: str) -> str:
    """A text for Org."""
    return _ORG.sub(_org_mark, text)


def latex(text: str) -> str:
    """A text for LaTeX, and for the fields of BibTeX: braces in it are no braces."""
    return _LATEX_MARKS.sub(
        lambda found: _LATEX[found.group()], _LIGATURE.sub(r"\g<0>{}", text).replace("{}", "\0")
    ).replace("\0", "{}")


def cell(text: str) -> str:
    r"""A text for a cell of a table divided by tabs: tabs, line ends and backslashes are \t, \n and \\.

    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")
    return guarded(text)


def one_line(text: str) -> str:
    """A text for a format that has one line for a field."""
    return " ".join(text.split())


def _backslash(found: re.Match[str]) -> str:
    if found[2] is None:
        return f"\\{found.group()}"
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"


def _org_mark(found: re.Match[str]) -> str:
    if found["low"] is not None:
        return _ORG_ENTITIES[found.group()]
    return f"{found.group()}\u200b" if found["mark"] is None else f"\u200b{found.group()}"
