// Opens, edits and saves workbooks with ExcelJS and SheetJS. Its argument is a file with the jobs:
// [{"program": "exceljs", "source": path, "target": path, "typed": [[sheet, cell, value]]}]; {"day": serial} is a date.
const ExcelJS = require("exceljs");
const SheetJS = require("xlsx");

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

async function byExcelJS({ source, target, typed }) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(source);
  for (const [sheet, cell, value] of typed)
    book.getWorksheet(sheet).getCell(cell).value = value?.day ? new Date(EPOCH + value.day * DAY) : value;
  await book.xlsx.writeFile(target);
}

function bySheetJS({ source, target, typed }) {
  const book = SheetJS.readFile(source, { cellFormula: true, cellStyles: true });
  for (const [sheet, cell, value] of typed)
    book.Sheets[sheet][cell] = value?.day
      ? { t: "n", v: value.day, z: "m/d/yyyy" }
      : { t: typeof value === "number" ? "n" : "s", v: value };
  SheetJS.writeFile(book, target, { compression: true });
}

async function main() {
  console.log = () => {}; // ExcelJS tells of elements that it does not know
  const jobs = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
  for (const job of jobs) await (job.program === "exceljs" ? byExcelJS : bySheetJS)(job);
}

main().catch((error) => {
  console.error(error.stack);
  process.exit(1);
});
