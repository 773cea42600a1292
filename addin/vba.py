"""The VBA module that makes the functions known to Excel: what xlwings would import, with real cell errors.

xlwings hands errors over as text, which SUM would pass by in silence. Here they become the cell's error.
"""

from __future__ import annotations

from typing import Final

from .convention import Function
from .functions import REGISTRY

MODULE: Final = "addin.udfs"
CATEGORY: Final = "isobook"
EXPLAINS: Final = "ISO_CHECK"  # shows as text why Python could not be called; other functions show #VALUE!

HEAD: Final = """Attribute VB_Name = "isobook_functions"
' Written by "isobook addin files": import it into isobook.xlam, and again after each update of isobook.
Option Explicit
"""
HELPERS: Final = """
' Errors come from Python as text: "#N/A" becomes the error #N/A, in a single cell and in a range.
Private Function WithErrors(ByVal result As Variant) As Variant
    Dim down As Long, across As Long
    If IsArray(result) Then
        For down = LBound(result, 1) To UBound(result, 1)
            For across = LBound(result, 2) To UBound(result, 2)
                result(down, across) = OneCell(result(down, across))
            Next across
        Next down
        WithErrors = result
    Else
        WithErrors = OneCell(result)
    End If
End Function

Private Function OneCell(ByVal value As Variant) As Variant
    OneCell = value
    If VarType(value) <> vbString Then Exit Function
    Select Case value
        Case "#N/A": OneCell = CVErr(xlErrNA)
        Case "#VALUE!": OneCell = CVErr(xlErrValue)
        Case "#NUM!": OneCell = CVErr(xlErrNum)
        Case "#REF!": OneCell = CVErr(xlErrRef)
        Case "#NAME?": OneCell = CVErr(xlErrName)
        Case "#DIV/0!": OneCell = CVErr(xlErrDiv0)
        Case "#NULL!": OneCell = CVErr(xlErrNull)
    End Select
End Function

' The button of the ribbon.
Public Sub ShowFunctions(control As IRibbonControl)
    MsgBox "Type one of these, or press Shift+F3 and choose the category isobook:" & vbCrLf & vbCrLf & FUNCTIONS
End Sub
"""


def wrappers() -> str:
    """The whole module, as a .bas file holds it."""
    names = f'Private Const FUNCTIONS As String = "{", ".join(sorted(REGISTRY))}"\n'
    functions = "\n".join(map(_wrapper, REGISTRY.values()))
    return f"{HEAD}\n{names}{HELPERS}\n{functions}\n{_descriptions()}"


def _wrapper(function: Function) -> str:
    name = function.name
    arguments = ", ".join(each.name if each.required else f"Optional {each.name}" for each in function.parameters)
    values = ", ".join(each.name for each in function.parameters)
    failed = "Err.Description" if name == EXPLAINS else "CVErr(xlErrValue)"
    call = f'XLPy.CallUDF("{MODULE}", "{name}", Array({values}), ActiveWorkbook, Application.Caller)'
    return f"""Public Function {name}({arguments})
    If TypeOf Application.Caller Is Range Then On Error GoTo failed
    {name} = WithErrors({call})
    Exit Function
failed:
    {name} = {failed}
End Function
"""


def _descriptions() -> str:
    """Help for the function wizard, set when the add-in is loaded; without it the functions work all the same."""
    lines = ["Public Sub Auto_Open()", "    On Error Resume Next"]
    for function in REGISTRY.values():
        lines.append(f'    Describe "{function.name}", {_quoted(function.help)}, Array( _')
        helps = [_quoted(each.help) for each in function.parameters]
        lines += [f"        {text}, _" for text in helps[:-1]]
        lines.append(f"        {helps[-1]})")
    lines += ["End Sub", ""]
    lines += [
        "Private Sub Describe(ByVal name As String, ByVal text As String, ByVal arguments As Variant)",
        "    Application.MacroOptions _",
        f'        Macro:=name, Description:=text, Category:="{CATEGORY}", ArgumentDescriptions:=arguments',
        "End Sub",
        "",
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
