"""The parts of a workbook bear the names that Excel gives them, and drawings its prefixes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from tests.edited_workbooks import made

EXCELS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/styles\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels"
    r"|xl/comments\d+\.xml|xl/drawings/(drawing|_rels/drawing)\d+\.xml(\.rels)?|xl/drawings/vmlDrawing\d+\.vml"
    r"|xl/charts/chart\d+\.xml"
)


def test_every_part_has_a_name_that_excel_gives_and_is_found_under_it() -> None:
    """ExcelJS looks for them by these names; content types and relations lead to parts that are there."""
    archive = ZipFile(BytesIO(made()))
    names = set(archive.namelist())
    assert [name for name in names if not EXCELS.fullmatch(name)] == []
    assert {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/charts/chart1.xml"} <= names
    types = archive.read("[Content_Types].xml").decode()
    assert {part[1:] for part in re.findall('PartName="([^"]+)"', types)} <= names
    for name in (name for name in names if "/worksheets/_rels/" in name):
        for target in re.findall(r'Target="\.\./([^"]+)"', archive.read(name).decode()):
            assert f"xl/{target}" in names


def test_drawings_and_charts_have_the_prefixes_of_excel() -> None:
    """`xdr:wsDr` and `c:chartSpace`; the default namespace is used by none of their elements."""
    archive = ZipFile(BytesIO(made()))
    for part, root in (("drawings/drawing1.xml", "xdr:wsDr"), ("charts/chart1.xml", "c:chartSpace")):
        xml = archive.read(f"xl/{part}").decode()
        assert xml.startswith(f"<{root} ")
        assert re.search(r"<[a-zA-Z]+[ />]", xml) is None
    assert archive.read("xl/drawings/vmlDrawing1.vml").count(b"<v:shape ") > 5  # one box a note
