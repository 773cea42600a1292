"""The command `isobook official`: what it makes, says and refuses."""

from pathlib import Path

import pytest

from tests.command import EXAMPLES, client, run, wrong_use
from tests.official_pdf import MadeForm, fields_of, made_6251, made_8949


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _blank_folder(*made: MadeForm) -> str:
    folder = Path("blank") / "deeper"
    folder.mkdir(parents=True)
    for number, form in enumerate(made):
        (folder / f"{number}.PDF").write_bytes(form.data())
    return "blank"


def test_the_command_fills_what_is_at_hand_and_says_what_is_not() -> None:
    """Forms in folders of the folder are found; a year without its form is named, and that is no error."""
    blank = _blank_folder(made_6251(2024))
    Path("taxpayer.toml").write_text('name = "Jordan Sample"\nssn = "000-00-0000"\n', encoding="utf-8")
    arguments = [str(EXAMPLES / "four-years"), "--blank", blank, "-o", "out", "--taxpayer", "taxpayer.toml"]
    outcome = run("official", *arguments, "--years", "2023-2024")
    assert outcome.exit_code == 0
    assert f"Made {Path('out', 'f6251-2024.pdf')}" in outcome.stdout
    assert "2023: not at hand, and not filled: Form 6251." in outcome.stdout
    assert "2025" not in outcome.stdout
    assert sorted(path.name for path in Path("out").iterdir()) == ["cover-note.txt", "f6251-2024.pdf"]
    assert Path("out/cover-note.txt").read_text("utf-8").splitlines()[-1] == "This is not tax advice."
    assert run("official", *arguments, "--years", "2023-2024").exit_code == 0
    other = run("official", *arguments, "--years", "2023-2024", "--flatten")
    assert other.exit_code == 1
    assert "it is there already with something else in it. Give another folder." in other.stderr


def test_a_folder_without_a_usable_form_is_an_error() -> None:
    """What is in it is named with the reason; nothing is made."""
    blank = _blank_folder(made_8949(2017))
    outcome = run("official", str(EXAMPLES / "four-years"), "--blank", blank, "-o", "out")
    assert outcome.exit_code == 1
    assert "deeper/0.PDF: Form 8949 of 2017." in outcome.stderr
    assert "blank: no usable form." in outcome.stderr
    assert not Path("out").exists()


def test_a_year_that_is_not_ready_is_left_out_and_named() -> None:
    """Wages are missing in 2024: no form of that year, and the column by name; there is nothing else to fill."""
    source = client(returns="tax_year,filing_status\n2025,single\n")
    outcome = run("official", source, "--blank", _blank_folder(made_6251(2025)), "-o", "out")
    assert outcome.exit_code == 1
    assert "2025 is left out: " in outcome.stdout
    assert "wages" in outcome.stdout
    assert "No form was filled." in outcome.stderr


def test_years_that_the_client_does_not_have_are_wrong_use() -> None:
    """The message says which there are."""
    blank = _blank_folder(made_6251(2024))
    told = wrong_use("official", str(EXAMPLES / "four-years"), "--blank", blank, "-o", "out", "--years", "2019")
    assert "SOURCE has the years 2023 to 2026." in told
    told = wrong_use("official", str(EXAMPLES / "four-years"), "--blank", "nowhere", "-o", "out")
    assert "nowhere is no folder" in told


def test_cents_are_written_where_the_client_is_set_to_cents() -> None:
    """1,000 shares at $12.50, worth $40.25: line 2i is 1,000 times $27.75."""
    source = client(client_toml='rounding = "cents"\n')
    outcome = run("official", source, "--blank", _blank_folder(made_6251(2025)), "-o", "out")
    assert outcome.exit_code == 0
    fields = fields_of(Path("out/f6251-2025.pdf").read_bytes())
    assert fields["page 1: 2i"] == "27,750.00"
