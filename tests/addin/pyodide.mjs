// Pyodide, the Python of browsers and of xlwings Lite: runs the calls on standard input, writes their results as JSON.
// Arguments: the folder of pydantic for Pyodide, the wheel of the functions.
import fs from "node:fs";
import { loadPyodide } from "pyodide";

// An uncaught error would come with Pyodide's source, all on one line.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

const [packages, wheel] = process.argv.slice(2);
const pyodide = await loadPyodide();
pyodide.FS.mkdirTree("/packages");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: packages }, "/packages");
pyodide.unpackArchive(new Uint8Array(fs.readFileSync(wheel)), "wheel", { extractDir: "/functions" });
pyodide.globals.set("calls", fs.readFileSync(0, "utf8"));
console.log(pyodide.runPython(`
import json, sys
from datetime import datetime
sys.path[:0] = ["/packages", "/functions"]
from addin import functions

def cell(value):
    if isinstance(value, list):
        return [cell(each) for each in value]
    return datetime.fromisoformat(value["date"]) if isinstance(value, dict) else value

assert "numpy" not in sys.modules
json.dumps([getattr(functions, name)(*map(cell, cells)) for name, cells in json.loads(calls)])
`));
