"""Holds what was written of answers in several formats against their JSON, with readers of others.

Arguments: folders, one per answer, each with answer.json and answer.<format> of those that were
written. Prints what differs; the exit code says whether anything does.
"""
import csv
import datetime
import decimal
import html.parser
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

import openpyxl
from openpyxl.utils.escape import unescape

FORMULA = tuple("=+-@\t\r＝＋－＠")
csv.field_size_limit(10_000_000)


class Difference(Exception):
    pass


def expect(condition, *told):
    if not condition:
        raise Difference(" ".join(repr(each) for each in told))


def no_twice(pairs):
    names = [name for name, _ in pairs]
    expect(len(names) == len(set(names)), "a name comes twice in", names)
    return dict(pairs)


def is_plain_text(column, value):
    """Text that every format shows as it is."""
    return column["type"] == "text" and isinstance(value, str) and re.fullmatch(r"[^\x00-\x1f\x7f\u200e-\u202e]+", value)


def check_ndjson(path, answer):
    lines = path.read_text("utf-8").split("\n")
    expect(lines.pop() == "", "the last line does not end")
    expect([json.loads(line, object_pairs_hook=no_twice) for line in lines] == answer["rows"], "other rows")


def plain(value, text):
    """Whether the text is the value, exactly."""
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    if isinstance(value, float):
        return float(text) == value
    return text == ("" if value is None else value["amount"] if isinstance(value, dict) else str(value))


def check_separated(path, answer, delimiter, guarded):
    with open(path, newline="", encoding="utf-8") as file:
        heading, *rows = csv.reader(file, delimiter=delimiter, strict=True)
    expect(len(rows) == len(answer["rows"]), len(rows), "rows, not", len(answer["rows"]))
    for cells, row in zip(rows, answer["rows"]):
        expect(len(cells) == len(heading), "a row has", len(cells), "cells, the heading", len(heading))
        given = dict(zip(heading, cells))
        for name, value in row.items():
            text = given[name]
            if guarded and isinstance(value, str) and value.startswith(FORMULA):
                expect(text.startswith("'"), name, text, "is a formula")
                text = text[1:]
            expect(plain(value, text), name, text, "is not", value)
            if isinstance(value, dict):
                expect(given.get(name + "_currency", answer["stamp"]["currency"]) == value["currency"],
                       name, "has lost its currency", value)
    expect([name for name in heading if name in {column["name"] for column in answer["columns"]}] ==
           [column["name"] for column in answer["columns"]], "other columns", heading)


def is_amount(cell, value):
    if cell.data_type == "s":
        digits = value["amount"].replace(".", "").lstrip("-")
        return cell.value == f'{value["amount"]} {value["currency"]}' and len(digits) > 15
    return (decimal.Decimal(repr(cell.value)) == decimal.Decimal(value["amount"]) and
            f'[${value["currency"]}]' in cell.number_format)


def is_moment(cell, value):
    told = datetime.datetime.fromisoformat(value.removesuffix("Z"))
    return cell.is_date and abs(cell.value - told) < datetime.timedelta(seconds=1)


def check_cell(cell, column, value, words):
    if value is None or value == "":
        return cell.value is None
    if isinstance(value, dict):
        return is_amount(cell, value)
    if isinstance(value, bool):
        return cell.data_type == "b" and cell.value == value
    if isinstance(value, (int, float)):
        return cell.data_type == "n" and abs(cell.value - value) <= abs(value) * 1e-15
    if column["type"] in ("date", "instant") and cell.data_type == "d":
        return is_moment(cell, value)
    if cell.data_type != "s":
        return False
    if column["type"] not in ("choice", "choices"):
        return unescape(cell.value) == value
    # a choice may read otherwise, but each always the same
    return unescape(cell.value) == words.setdefault((column["name"], value), unescape(cell.value))


def check_xlsx(path, answer):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows())
    columns = answer["columns"]
    expect(len(rows) == len(answer["rows"]) + 1, len(rows) - 1, "rows, not", len(answer["rows"]))
    expect(all(cell.font.b for cell in rows[0]) and sheet.freeze_panes == "A2", "no heading")
    for cell, column in zip(rows[0], columns):
        title = column["title"][:1].upper() + column["title"][1:]
        expect(unescape(cell.value).startswith(title), cell.value, "is not headed", title)
    words = {}
    for cells, row in zip(rows[1:], answer["rows"]):
        expect(len(cells) == len(columns), "a row of", len(cells))
        for cell, column in zip(cells, columns):
            value = row[column["name"]]
            expect(check_cell(cell, column, value, words), column, cell.value, "is not", value)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.tags, self.policy, self.cell = [], set(), "", None
        self.downwards = False  # a record, read field by field

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        expect(not [name for name, _ in attributes if name.startswith("on")], "an attribute that runs", attributes)
        if dict(attributes).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attributes)["content"]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.cell = ""
            self.downwards = dict(attributes).get("scope") == "row" or (tag == "td" and self.downwards)

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.tables[-1][-1].append(self.cell)
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def check_grid(grid, answer):
    """The heading and the rows of a table for people, which may leave columns out."""
    heading, rows = grid[0], grid[1:]
    expect(len(rows) == len(answer["rows"]), len(rows), "rows, not", len(answer["rows"]))
    for cells in rows:
        expect(len(cells) == len(heading), "a row of", len(cells), "cells under", heading)
    for column in answer["columns"]:
        if heading.count(column["title"]) != 1:
            continue
        at = heading.index(column["title"])
        for cells, row in zip(rows, answer["rows"]):
            value = row[column["name"]]
            if is_plain_text(column, value):
                expect(cells[at].strip() == value.strip(), column["name"], cells[at], "is not", value)


def check_html(path, answer):
    page = Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    expect("default-src 'none'" in page.policy and "unsafe" not in page.policy, "no policy", page.policy)
    expect(not page.tags & {"script", "iframe", "img", "link", "object", "embed", "base"}, "tags", page.tags)
    if "rows" in answer:
        expect(len(page.tables) == 1, len(page.tables), "tables")
        check_grid(list(zip(*page.tables[0])) if page.downwards else page.tables[0], answer)


def check_svg(path, answer):
    root = xml.etree.ElementTree.parse(path).getroot()
    name = "{http://www.w3.org/2000/svg}"
    tags = {element.tag for element in root.iter()}
    expect(root.tag == name + "svg" and root.find(name + "title").text, "no picture with a title")
    expect(not tags & {name + "script", name + "image", name + "foreignObject"}, "tags", tags)
    expect(all("style" not in element.attrib for element in root.iter()), "styled beside the sheet")
    expect(all(float(element.get("width", 1)) > 0 for element in root.iter(name + "rect")), "a bar of no width")


def words_of(cell):
    """What CommonMark shows of a cell: escapes, entities and the marks of a total are gone."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell.strip().removeprefix("**").removesuffix("**")))


def check_markdown(path, answer):
    if "rows" not in answer:
        return
    lines = [line for line in path.read_text("utf-8").split("\n") if line.startswith("|")]
    grid = [[words_of(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    expect(len(grid) >= 2 and all(set(cell) <= set("-: ") for cell in grid[1]), "no table")
    check_grid([grid[0]] + grid[2:], answer)


def check_text(path, answer):
    """Nothing is cut: the texts of the first column of texts are there in full."""
    text = path.read_text("utf-8")
    expect(text.strip(), "nothing")
    names = [column for column in answer.get("columns", []) if column["type"] == "text" and column["title"] in text]
    for row in answer.get("rows", []) if names else []:
        value = row[names[0]["name"]]
        if is_plain_text(names[0], value) and "_" not in value:
            expect(value in text, value, "is not there")


def check_ical(path, answer):
    dates = [column["name"] for column in answer["columns"] if column["type"] in ("date", "instant")]
    text = path.read_bytes().decode("utf-8")
    expect(text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n"), "no calendar")
    starts = [row for row in answer["rows"] if row[dates[0]] is not None]
    expect(text.count("BEGIN:VEVENT\r\n") == len(starts), text.count("BEGIN:VEVENT"), "events, not", len(starts))


def check_dot(path, answer):
    expect(path.read_text("utf-8").startswith("digraph"), "no graph")


CHECKS = {
    "table": check_text,
    "record": check_text,
    "csv": lambda path, answer: check_separated(path, answer, ",", False),
    "tsv": lambda path, answer: check_separated(path, answer, "\t", True),
    "json": lambda path, answer: None,
    "ndjson": check_ndjson,
    "markdown": check_markdown,
    "html": check_html,
    "svg": check_svg,
    "xlsx": check_xlsx,
    "ical": check_ical,
    "dot": check_dot,
}

wrong = checked = 0
for folder in map(pathlib.Path, sys.argv[1:]):
    line = (folder / "line").read_text("utf-8").strip()
    answer = json.loads((folder / "answer.json").read_text("utf-8"), object_pairs_hook=no_twice)
    for path in sorted(folder.glob("answer.*")):
        try:
            expect(path.suffix[1:] in CHECKS, "nobody checks the format", path.suffix)
            CHECKS[path.suffix[1:]](path, answer)
            checked += 1
        except (Difference, ValueError, KeyError, csv.Error, UnicodeError) as difference:
            wrong += 1
            print(f"{line} -f {path.suffix[1:]}: {type(difference).__name__} {difference}")
print(f"{checked} answers agree with their JSON, {wrong} do not")
sys.exit(wrong > 0 or checked == 0)
