"""The registry of commands: bindings, palette, help and the key table of the README are all made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from tuibrowser.language.i18n import Message


STEP: Final = " "
"""Stands between the keys of a sequence."""


class Place(StrEnum):
    """Where a command's keys work; the widget of that place carries out its action."""

    READING = "reading"
    SELECTING = "selecting"
    EVERYWHERE = "everywhere"
    OUTLINE = "outline"
    FIELD = "search field"
    LIST = "search list"
    CHOICE = "list to choose from"
    BOOKMARKS = "bookmarks"


PLACE_TITLES: Final = {
    Place.READING: plain("Reading (a number before a key: so many times)"),
    Place.SELECTING: plain("While something is selected"),
    Place.EVERYWHERE: plain("Everywhere but in text fields"),
    Place.OUTLINE: plain("Outline"),
    Place.FIELD: plain("Search field"),
    Place.LIST: plain("List of hits"),
    Place.CHOICE: plain("Lists to choose from: go to, commands, bookmarks …"),
    Place.BOOKMARKS: plain("List of bookmarks"),
}
"""The places in the order of the help, and what they are called there."""


@dataclass(frozen=True, slots=True)
class Command:
    """A thing the reader can do.

    `id` names it in config files, `keys` are Textual's key names, `action` is the action of the widget of `place`.
    A key may be a sequence of keys typed one after another, with blanks between: `z t`. In the tables below, where
    blanks stand between keys, the steps of a sequence are joined by `-`.
    One that is not `listed` is left out of the palette (it makes sense by its key alone).
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    action: str
    name: Message
    help: Message
    listed: bool = True


_READING = (
    ("line-down", "j down", "scroll_lines(1)", plain("Line down"), plain("Move down by a line")),
    ("line-up", "k up", "scroll_lines(-1)", plain("Line up"), plain("Move up by a line")),
    ("half-page-down", "d ctrl+d", "scroll_pages(0.5)", plain("Half a page down"), plain("Move down by half a page")),
    ("half-page-up", "u ctrl+u", "scroll_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    ("page-down", "space pagedown ctrl+f", "scroll_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("page-up", "b pageup", "scroll_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("start", "g home", "start", plain("Start of the document"), plain("Go to the start of the document")),
    (
        "end",
        "G end",
        "end",
        plain("End of the document"),
        plain("Go to the end of the document; with a number, to that paragraph"),
    ),
    (
        "percent",
        "percent_sign",
        "percent",
        plain("Percent of the document"),
        plain("With a number before it, go there: 50% is half of the document"),
    ),
    ("to-top", "z-t", "align('top')", plain("Line to the top"), plain("Move the marked line to the top of the screen")),
    (
        "to-middle",
        "z-z",
        "align('middle')",
        plain("Line to the middle"),
        plain("Move the marked line to the middle of the screen"),
    ),
    (
        "to-bottom",
        "z-b",
        "align('bottom')",
        plain("Line to the bottom"),
        plain("Move the marked line to the bottom of the screen"),
    ),
    (
        "next-paragraph",
        "right_curly_bracket p",
        "paragraph(1)",
        plain("Next paragraph"),
        plain("Go to the next paragraph"),
    ),
    (
        "previous-paragraph",
        "left_curly_bracket P",
        "paragraph(-1)",
        plain("Previous paragraph"),
        plain("Go to the previous paragraph"),
    ),
    (
        "next-heading",
        "right_square_bracket greater_than_sign",
        "heading(1)",
        plain("Next heading"),
        plain("Go to the next heading"),
    ),
    (
        "previous-heading",
        "left_square_bracket less_than_sign",
        "heading(-1)",
        plain("Previous heading"),
        plain("Go to the previous heading"),
    ),
    ("next-document", "J", "document(1)", plain("Next document"), plain("Open the next document")),
    ("previous-document", "K", "document(-1)", plain("Previous document"), plain("Open the previous document")),
    ("next-hit", "n", "hit(1)", plain("Next hit"), plain("Go to the next hit of the search, across documents")),
    (
        "previous-hit",
        "N",
        "hit(-1)",
        plain("Previous hit"),
        plain("Go to the previous hit of the search, across documents"),
    ),
    ("copy", "y", "copy", plain("Copy the paragraph"), plain("Copy the marked paragraph, as shown, to your clipboard")),
    ("cite", "Y", "copy_cited", plain("Copy with its citation"), plain("Copy the marked paragraph with its citation")),
    (
        "copy-as",
        "e",
        "copy_as",
        plain("Copy as …"),
        plain("Copy the paragraph or its section in another form"),
    ),
    (
        "select",
        "v",
        "select_by('character')",
        plain("Select"),
        plain("Select by character, from the hit or the marked paragraph"),
    ),
    ("select-paragraphs", "V", "select_by('paragraph')", plain("Select paragraphs"), plain("Select by paragraph")),
    (
        "columns",
        "z-c",
        "cycle_columns",
        plain("Columns of text"),
        plain("Set the text in one column or, where there is room, in two"),
    ),
    (
        "measure-wider",
        "z-greater_than_sign",
        "change_measure(1)",
        plain("Longer lines"),
        plain("Make the lines of text longer by ten cells"),
    ),
    (
        "measure-narrower",
        "z-less_than_sign",
        "change_measure(-1)",
        plain("Shorter lines"),
        plain("Make the lines of text shorter by ten cells"),
    ),
    (
        "search-word",
        "asterisk",
        "search_selection",
        plain("Search the word"),
        plain("Search for the word at the hit or the paragraph's start"),
    ),
)

_SELECTING = (
    ("select-left", "h left", "select('character', -1)", plain("Character back"), plain("Move back by a character")),
    ("select-right", "l right", "select('character', 1)", plain("Character on"), plain("Move on by a character")),
    ("select-down", "j down", "select_lines(1)", plain("Line down"), plain("Move down by a line")),
    ("select-up", "k up", "select_lines(-1)", plain("Line up"), plain("Move up by a line")),
    ("select-word", "w", "select('word', 1)", plain("Word on"), plain("Move on by a word")),
    ("select-word-back", "b", "select('word', -1)", plain("Word back"), plain("Move back by a word")),
    (
        "select-sentence",
        "right_parenthesis",
        "select('sentence', 1)",
        plain("Sentence on"),
        plain("Move on by a sentence"),
    ),
    (
        "select-sentence-back",
        "left_parenthesis",
        "select('sentence', -1)",
        plain("Sentence back"),
        plain("Move back by a sentence"),
    ),
    (
        "select-paragraph",
        "right_curly_bracket",
        "select('paragraph', 1)",
        plain("Paragraph on"),
        plain("Move on by a paragraph"),
    ),
    (
        "select-paragraph-back",
        "left_curly_bracket",
        "select('paragraph', -1)",
        plain("Paragraph back"),
        plain("… back by one"),
    ),
    (
        "select-section",
        "right_square_bracket",
        "select('section', 1)",
        plain("Section on"),
        plain("Move on by a section"),
    ),
    (
        "select-section-back",
        "left_square_bracket",
        "select('section', -1)",
        plain("Section back"),
        plain("Move back by a section"),
    ),
    (
        "select-document-start",
        "g",
        "select_document(False)",
        plain("Start of the document"),
        plain("Go to the start of the document"),
    ),
    (
        "select-document-end",
        "G",
        "select_document(True)",
        plain("End of the document"),
        plain("Go to the end of the document; with a number, to that paragraph"),
    ),
    (
        "select-line-start",
        "0 home",
        "select_in_line(False)",
        plain("Start of the line"),
        plain("Go to the start of the line"),
    ),
    (
        "select-line-end",
        "dollar_sign end",
        "select_in_line(True)",
        plain("End of the line"),
        plain("Go to the end of the line"),
    ),
    ("select-in", "i", "select_in", plain("Select a whole"), plain("iw, is, ip: the whole word, sentence, paragraph")),
    ("select-other-end", "o", "select_other_end", plain("Other end"), plain("Put the cursor at the other end")),
    (
        "select-by-character",
        "v",
        "select_by('character')",
        plain("By character"),
        plain("Select by character; again: stop"),
    ),
    (
        "select-by-paragraph",
        "V",
        "select_by('paragraph')",
        plain("By paragraph"),
        plain("Select by paragraph; again: stop"),
    ),
    ("select-copy", "y ctrl+c", "copy", plain("Copy"), plain("Copy what is selected")),
    (
        "select-cite",
        "Y",
        "copy_cited",
        plain("Copy with its citation"),
        plain("Copy what is selected with its citation"),
    ),
    ("select-copy-as", "e", "copy_as", plain("Copy as …"), plain("Copy what is selected in another form")),
    ("select-search", "asterisk", "search_selection", plain("Search it"), plain("Search for what is selected")),
    ("select-stop", "escape ctrl+g", "select_stop", plain("Stop"), plain("Select nothing")),
)

_EVERYWHERE = (
    ("switch", "tab", "switch_focus", plain("Outline or text"), plain("Move between the outline and the text")),
    ("outline", "o", "toggle_outline", plain("Show or hide the outline"), plain("Show or hide the outline")),
    ("search", "slash", "search", plain("Search"), plain("Open the search panel, with the last query and its list")),
    (
        "go-to",
        "f",
        "go_to",
        plain("Go to a document or heading"),
        plain("Find a document or heading by a fuzzy name, FILE, FILE:LINE or a reference"),
    ),
    ("order", "s", "order", plain("Order the documents"), plain("Order the documents by path, title or date")),
    (
        "script",
        "t",
        "cycle_script",
        plain("Change the script"),
        plain("Show the text in the original script, 简体 or 繁體"),
    ),
    ("choose-script", "T", "choose_script", plain("Choose a script"), plain("Choose among all variants of OpenCC")),
    (
        "raw",
        "r",
        "toggle_raw",
        plain("Repaired or raw text"),
        plain("Show the text repaired, or raw with the repairs marked"),
    ),
    ("mark", "m", "mark", plain("Bookmark"), plain("Bookmark the selection or the marked paragraph, with a note")),
    (
        "bookmarks",
        "apostrophe M",
        "bookmarks",
        plain("Bookmarks"),
        plain("List the bookmarks; the same key again goes where you were"),
    ),
    ("back", "H", "back", plain("Back"), plain("Go back to where you were before the last jump")),
    ("forward", "L", "forward", plain("Forward"), plain("Go forward again")),
    ("about", "i", "about", plain("About this document"), plain("Show what is known of this document")),
    ("follow", "F", "follow", plain("Follow"), plain("Go to the end and show what is added to the file; Esc stops")),
    ("editor", "E", "editor", plain("Open in an editor"), plain("Open the file in $EDITOR at this line")),
    ("theme", "f2", "theme", plain("Theme"), plain("Choose the colours: the terminal's own, high contrast, others")),
    (
        "doctor",
        "",
        "doctor",
        plain("How copying works here (doctor)"),
        plain("Tell which way a copy goes, and what is in the way"),
    ),
    ("help", "question_mark f1", "help", plain("Help"), plain("Show the keys")),
    (
        "palette",
        "colon ctrl+p",
        "command_palette",
        plain("Commands"),
        plain("Find a command by its name; :q quits, :120 goes to line 120"),
    ),
    ("redraw", "ctrl+l ctrl+r", "redraw", plain("Redraw the screen"), plain("Draw the whole screen again")),
    ("suspend", "ctrl+z", "suspend", plain("Suspend"), plain("Suspend the program; `fg` brings it back")),
    ("cancel", "escape ctrl+g ctrl+c", "cancel", plain("Cancel"), plain("Cancel: close what is open, stop what runs")),
    ("quit", "q", "close", plain("Close or quit"), plain("Close the innermost thing; from the text, quit")),
)

_OUTLINE = (
    ("outline-down", "j down", "move(1)", plain("Down"), plain("Move down")),
    ("outline-up", "k up", "move(-1)", plain("Up"), plain("Move up")),
    (
        "outline-half-page-down",
        "d ctrl+d",
        "move_pages(0.5)",
        plain("Half a page down"),
        plain("Move down by half a page"),
    ),
    ("outline-half-page-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    (
        "outline-page-down",
        "space pagedown ctrl+f",
        "move_pages(1)",
        plain("Page down"),
        plain("Move down by a page"),
    ),
    ("outline-page-up", "b pageup", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("outline-start", "g home", "move_start", plain("Start"), plain("Go to the first line")),
    ("outline-end", "G end", "move_end", plain("End"), plain("Go to the last line")),
    ("fold", "h left", "fold", plain("Fold"), plain("Fold, or go to what this belongs to")),
    ("unfold", "l right", "unfold", plain("Unfold"), plain("Unfold, or go to the first part of this")),
    ("outline-open", "enter", "open", plain("Open"), plain("Go to this place in the text")),
    ("sidebar-wider", "plus", "widen(1)", plain("Wider"), plain("Make the outline wider")),
    ("sidebar-narrower", "minus", "widen(-1)", plain("Narrower"), plain("Make the outline narrower")),
)

_FIELD = (
    ("field-down", "down ctrl+n", "move(1)", plain("Next hit in the list"), plain("Move down in the list")),
    (
        "field-up",
        "up ctrl+p",
        "move(-1)",
        plain("Previous hit in the list"),
        plain("Move up in the list; in an empty field: earlier queries"),
    ),
    (
        "field-page-down",
        "pagedown",
        "move_pages(1)",
        plain("Page down in the list"),
        plain("Move down in the list by a page"),
    ),
    ("field-page-up", "pageup", "move_pages(-1)", plain("Page up in the list"), plain("Move up in the list by a page")),
    ("field-list", "tab", "to_list", plain("Into the list"), plain("Move into the list of hits")),
    ("field-enter", "enter", "stay", plain("Stay at this hit"), plain("Close the panel and stay at this hit")),
    (
        "field-cancel",
        "escape ctrl+g ctrl+c",
        "back",
        plain("Return"),
        plain("Close the panel and return to where you were"),
    ),
)

_LIST = (
    ("list-down", "j down", "move(1)", plain("Next hit in the list"), plain("Move down")),
    ("list-up", "k up", "move(-1)", plain("Previous hit in the list"), plain("Move up")),
    ("list-half-down", "d ctrl+d", "move_pages(0.5)", plain("Half a page down"), plain("Move down by half a page")),
    ("list-half-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    ("list-page-down", "pagedown ctrl+f", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("list-page-up", "pageup b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("list-start", "g home", "move_start", plain("Start"), plain("Go to the first hit")),
    ("list-end", "G end", "move_end", plain("End"), plain("Go to the last hit")),
    ("list-enter", "enter", "stay", plain("Stay at this hit"), plain("Close the panel and stay at this hit")),
    (
        "list-scope",
        "a",
        "scope",
        plain("Scope of the search"),
        plain("Search the hit's document alone, its folder, everything"),
    ),
    ("list-exact", "equals_sign", "exact", plain("Exact matches only"), plain("Exact matches only, or near ones too")),
    (
        "list-order",
        "s",
        "sort",
        plain("Order of the hits"),
        plain("Order by relevance, date, path or hits in the document"),
    ),
    (
        "list-fold",
        "h left",
        "fold",
        plain("Fold"),
        plain("Fold the document's hits away; after a number, those of all"),
    ),
    ("list-unfold", "l right", "unfold", plain("Unfold"), plain("Show them again; after a number, those of all")),
    ("list-mark-all", "asterisk", "mark_all", plain("Mark all"), plain("Mark all hits, or take all marks away")),
    ("list-mark", "space", "mark", plain("Mark the hit"), plain("Mark this hit, or take its mark away")),
    (
        "list-copy",
        "y",
        "copy",
        plain("Copy the hit's paragraph"),
        plain("Copy the paragraphs of the marked hits, or of this one"),
    ),
    ("list-cite", "Y", "copy_cited", plain("Copy with citations"), plain("Copy them with their citations")),
    (
        "list-copy-as",
        "e",
        "copy_as",
        plain("Copy as …"),
        plain("Copy them in another form: Markdown, BibTeX, a table …"),
    ),
    ("list-field", "slash tab", "to_field", plain("Back to the field"), plain("Back to the search field")),
    (
        "list-cancel",
        "escape ctrl+g ctrl+c q",
        "back",
        plain("Return"),
        plain("Close the panel and return to where you were"),
    ),
)

_CHOICE = (
    ("choice-down", "down ctrl+n", "move(1)", plain("Down"), plain("Move down")),
    ("choice-up", "up ctrl+p", "move(-1)", plain("Up"), plain("Move up")),
    ("choice-page-down", "pagedown", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("choice-page-up", "pageup", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("choose", "enter", "pick", plain("Choose"), plain("Choose this one")),
    ("choice-help", "f1", "help", plain("Help"), plain("Show the keys")),
    ("choice-cancel", "escape ctrl+g ctrl+c", "cancel", plain("Cancel"), plain("Choose nothing")),
)

_BOOKMARKS = (
    ("bookmark-note", "ctrl+e", "annotate", plain("Note"), plain("Change the bookmark's note")),
    ("bookmark-delete", "ctrl+d", "delete", plain("Delete"), plain("Delete the bookmark")),
    ("bookmark-undo", "ctrl+z", "undo", plain("Undo"), plain("Put the bookmark deleted last back")),
)


def _keys(written: str) -> tuple[str, ...]:
    """The keys of a table's entry: `z-t j` is the sequence `z t` and the key `j`."""
    return tuple(key.replace("-", STEP) for key in written.split())


def _commands() -> tuple[Command, ...]:
    tables = (
        (Place.READING, _READING),
        (Place.SELECTING, _SELECTING),
        (Place.OUTLINE, _OUTLINE),
        (Place.FIELD, _FIELD),
        (Place.LIST, _LIST),
        (Place.CHOICE, _CHOICE),
        (Place.BOOKMARKS, _BOOKMARKS),
    )
    commands = [
        Command(id, place, _keys(keys), action, name, help, listed=place is Place.READING)
        for place, table in tables
        for id, keys, action, name, help in table  # noqa: A001
    ]
    commands += [
        Command(id, Place.EVERYWHERE, _keys(keys), action, name, help)
        for id, keys, action, name, help in _EVERYWHERE  # noqa: A001
    ]
    return tuple(commands)


COMMANDS = _commands()

FIRST_HOUR = (
    ("line-down line-up page-down page-up", plain("A line, a page down and up")),
    ("next-heading previous-heading", plain("The next heading, the previous one")),
    ("next-document previous-document", plain("The next document, the previous one")),
    ("switch outline", plain("Into the outline and back; show or hide it")),
    ("go-to", plain("Go to a document or heading by its name, pinyin or initials")),
    ("search", plain("Search: characters in either script, pinyin, initials")),
    ("next-hit previous-hit", plain("The next hit, the previous one")),
    ("script raw", plain("Change the script; show the text as the file has it")),
    ("copy cite", plain("Copy the paragraph, or with its citation")),
    ("help palette quit", plain("All keys, commands by name, leave")),
)
"""The keys of the first hour with the program: the ids of the commands, and what they do together."""

MOUSE = (
    (plain("wheel"), plain("Scroll; what is selected stays")),
    (plain("click"), plain("Choose the paragraph, a line of the outline, a hit; select nothing")),
    (plain("drag"), plain("Select the characters from one to the other; beyond the edge the text scrolls on")),
    (plain("double click"), plain("Select the word; dragged, word by word")),
    (plain("triple click"), plain("Select the sentence; a fourth click, the paragraph")),
    (plain("shift+click"), plain("Move the end of what is selected there, where the terminal leaves this to programs")),
)
"""What the mouse does in the text, for the help and the README."""

_LABELS = {
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "equals_sign": "=",
    "percent_sign": "%",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "dollar_sign": "$",
    "asterisk": "*",
    "apostrophe": "'",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "f1": "F1",
    "f2": "F2",
}


def key_label(key: str) -> str:
    """How a key is shown to the reader: `}` for `right_curly_bracket`, `zt` for the sequence `z t`."""
    labels = [_LABELS.get(step, step) for step in key.split(STEP)]
    return ("" if all(len(label) == 1 for label in labels) else STEP).join(labels)


_NAMES = {label.lower(): name for name, label in _LABELS.items()}
_FUNCTION_KEY = re.compile(r"f\d")


def keys_label(command: Command) -> str:
    """How the keys of a command are shown; one without a key has its name in the palette."""
    return " ".join(map(key_label, command.keys)) or f":{command.id}"


def first_key(name: str, commands: tuple[Command, ...] = COMMANDS) -> str:
    """How the first key of the command of a name is shown."""
    return keys_label(next(command for command in commands if command.id == name)).split(" ")[0]


def first_hour(commands: tuple[Command, ...] = COMMANDS) -> list[tuple[list[str], Message]]:
    """The first keys of the commands of the first hour, as they are shown, and what they do."""
    return [([first_key(name, commands) for name in names.split()], words) for names, words in FIRST_HOUR]


def key_name(label: str) -> str:
    """Textual's name of a key that the reader wrote as it is shown: `right_curly_bracket` for `}`, `z t` for `zt`."""
    steps = label.split() or [label]
    if len(steps) == 1 and len(label) == 2 and not _is_key(label):
        steps = list(label)
    return STEP.join(_NAMES.get(step.lower(), step) for step in steps)


def _is_key(label: str) -> bool:
    """Whether two characters are the name or the label of one key, such as `up` or `f1`."""
    return label.lower() in _LABELS or label.lower() in _NAMES or _FUNCTION_KEY.fullmatch(label) is not None


def commands_of(place: Place, commands: tuple[Command, ...] = COMMANDS) -> tuple[Command, ...]:
    """The commands of a place, in the order of the help."""
    return tuple(command for command in commands if command.place is place)
