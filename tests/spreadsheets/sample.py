"""A small workbook written by hand, sound in every respect, into which tests plant one fault at a time."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
INPUTS, FORM = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{SHEETML}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{SHEETML}.styles+xml"/>
<Override PartName="/{INPUTS}" ContentType="{SHEETML}.worksheet+xml"/>
<Override PartName="/{FORM}" ContentType="{SHEETML}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>
<sheet name="Inputs" sheetId="1" r:id="rId1"/><sheet name="6251 2025" sheetId="2" r:id="rId2"/></sheets>
<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Inputs!$A$1:$B$5</definedName>
<definedName name="_xlnm.Print_Area" localSheetId="1">'6251 2025'!$A$1:$B$7</definedName>
<definedName name="filing_status">Inputs!$B$3</definedName><definedName name="wages">Inputs!$B$2</definedName>
</definedNames></workbook>""",
    # Cell formats: 0 plain, 1 input, 2 computed date, 3 input date.
    "xl/styles.xml": f"""<styleSheet {MAIN}><fonts count="1"><font><sz val="10"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFFFFDF4"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0"><protection locked="0"/></xf>
<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="14" fontId="0" fillId="2" borderId="0" xfId="0"><protection locked="0"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
<dxfs count="1"><dxf><font><i/></font></dxf></dxfs></styleSheet>""",
    INPUTS: f"""<worksheet {MAIN}><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>What was typed</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>Wages</t></is></c><c r="B2" s="1"><v>1200</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>Status</t></is></c><c r="B3" s="1"/></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>Exercised</t></is></c><c r="B4" s="3"><v>45351</v></c></row>
<row r="5"><c r="A5" t="inlineStr"><is><t>Joint</t></is></c><c r="B5" s="1" t="b"><v>0</v></c></row></sheetData>
<sheetProtection sheet="1" objects="1" scenarios="1"/><dataValidations count="1">
<dataValidation type="list" allowBlank="1" sqref="B3"><formula1>"single,married_joint"</formula1></dataValidation>
</dataValidations><hyperlinks><hyperlink ref="A2" location="'6251 2025'!B2"/></hyperlinks></worksheet>""",
    FORM: f"""<worksheet {MAIN}><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>Form 6251</t></is></c><c r="B1"><f>wages*2</f><v>2400</v></c></row>
<row r="2"><c r="B2"><f>ROUND(B1/7,2)</f><v>342.86</v></c></row>
<row r="3"><c r="B3" t="str"><f>IF(B2&gt;0,"needs "&amp;TEXT(B2,"#,##0.00"),"")</f><v>needs 342.86</v></c></row>
<row r="4"><c r="B4" t="b"><f>B1&gt;1000</f><v>1</v></c></row>
<row r="5"><c r="B5" t="str"><f>IF(filing_status="","",filing_status)</f><v></v></c></row>
<row r="6"><c r="B6" s="2"><f>EDATE(Inputs!B4,12)</f><v>45716</v></c></row>
<row r="7"><c r="B7" t="str"><f>HYPERLINK("#Inputs!A1","to inputs")</f><v>to inputs</v></c></row></sheetData>
<sheetProtection sheet="1" objects="1" scenarios="1"/><conditionalFormatting sqref="B1:B2">
<cfRule type="expression" dxfId="0" priority="1"><formula>AND(ISNUMBER(wages),$B1=0)</formula></cfRule>
</conditionalFormatting></worksheet>""",
}


def write_sample(path: Path, part: str = FORM, old: str = "", new: str = "") -> Path:
    """Write the sample to `path` with `old` in one part replaced by `new`; `old` must stand there exactly once."""
    if old and PARTS[part].count(old) != 1:
        raise ValueError(f"{old!r} stands {PARTS[part].count(old)} times in {part}; expected once")
    with ZipFile(path, "w") as archive:
        for name, text in PARTS.items():
            archive.writestr(name, HEAD + (text.replace(old, new) if old and name == part else text))
    return path
