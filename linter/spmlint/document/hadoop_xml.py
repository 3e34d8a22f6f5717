"""Hadoop's configuration files (``yarn-site.xml``): names and values of ``<property>`` elements, with their places.

Read by expat, the parser of the standard library. A file with a document type is refused before any entity could be
expanded, and ``xi:include`` is an element like any other: nothing outside the file is looked at.
"""

from __future__ import annotations

from xml.parsers import expat

from spmlint.document.node import Mapping, Problem, TextScalar
from spmlint.document.text import ESCAPED, VERBATIM, Source, Text

NAME, VALUE = ("configuration", "property", "name"), ("configuration", "property", "value")
"""Where the two halves of a property stand."""


def read_hadoop_xml(source: Source) -> Mapping:
    """The properties of the file as a map from names to values, in their order.

    Raises:
        Problem: the file is not well-formed XML, or has a document type.
    """
    root = Mapping(source, 0, len(source.text))
    reader = _Reader(source)
    reader.read()
    for name, value in reader.properties:
        root.own.append((TextScalar(name), TextScalar(value)))
    return root


class _Reader:
    __slots__ = ("_data", "_name", "_parser", "_path", "_pieces", "_source", "_start", "properties")

    def __init__(self, source: Source) -> None:
        self.properties: list[tuple[Text, Text]] = []
        self._source = source
        self._data = source.text.encode("utf-8", "surrogatepass")
        self._path: list[str] = []
        self._pieces: list[str] = []
        self._start = 0
        self._name: Text | None = None
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._pieces.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self) -> None:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code) or "not well-formed"
            raise Problem("syntax", message, self._at(self._parser.ErrorByteIndex)) from None

    def _refuse(self, *_: object) -> None:
        raise Problem("syntax", "a document type is not read here", self._at(self._parser.CurrentByteIndex))

    def _open(self, tag: str, _: object) -> None:
        self._path.append(tag)
        self._pieces.clear()
        # The element's text begins behind the tag; attributes may hold a >, but these elements have none.
        self._start = self._data.find(b">", self._parser.CurrentByteIndex) + 1

    def _close(self, _: str) -> None:
        path = tuple(self._path)
        self._path.pop()
        if path == NAME:
            self._name = self._text()
        elif path == VALUE and self._name is not None:
            self.properties.append((self._name, self._text()))
            self._name = None

    def _text(self) -> Text:
        """The text of the element that ends here, without the blanks around it, as Hadoop takes it."""
        value = "".join(self._pieces)
        start, end = self._at(self._start), self._at(self._parser.CurrentByteIndex)
        kind = VERBATIM if self._source.text[start:end] == value else ESCAPED
        return self._source.whole().decode([(value, start, end, kind)]).strip()

    def _at(self, byte: int) -> int:
        """The offset of a byte in the text."""
        return len(self._data[: max(byte, 0)].decode("utf-8", "replace"))
