"""What others read in workbooks: each file named becomes one line of JSON, by openpyxl.

{"file", "title", "description", "created", "sheets": [{"name", "frozen", "filter", "widths",
"rows": [[{"value", "type", "format", "bold"}]]}]}; type is openpyxl's: s, n, b, d, f (a formula).
"""
import json
import sys

import openpyxl
from openpyxl.utils.escape import unescape


def cell(of):
    value = of.value
    if of.data_type == "d":
        value = value.isoformat()
    elif of.data_type == "s" and value is not None:
        value = unescape(value)
    return {"value": value, "type": of.data_type, "format": of.number_format, "bold": of.font.b}


def sheet(of):
    return {
        "name": of.title,
        "frozen": of.freeze_panes,
        "filter": of.auto_filter.ref,
        "widths": [column.width for column in of.column_dimensions.values()],
        "rows": [[cell(each) for each in row] for row in of.iter_rows()],
    }


for name in sys.argv[1:]:
    book = openpyxl.load_workbook(name)
    told = book.properties
    print(json.dumps({
        "file": name,
        "title": told.title,
        "description": told.description,
        "created": told.created.isoformat(),
        "sheets": [sheet(each) for each in book],
    }))
