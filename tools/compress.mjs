// Copies a folder, and puts beside each file that compresses well the same as `.br` and `.gz`, as
// hosts do that compress once and not at each request. The server sends these.
//
//   node tools/compress.mjs FROM TO ENCODINGS [QUALITY]
//
// ENCODINGS is `gzip`, or `gzip,br`. Gzip is made at level 9, Brotli at QUALITY (9; 11 is the smallest
// and takes twenty times as long).
import { cpSync, readdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [from, to, encodings, quality = "9"] = process.argv.slice(2);
const text = [".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm", ".xml", ".txt", ".webmanifest"];
const encoders = {
  gzip: [".gz", (bytes) => promisify(gzip)(bytes, { level: 9 })],
  br: [".br", (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: Number(quality) } })],
};

rmSync(to, { recursive: true, force: true });
cpSync(from, to, { recursive: true });
const files = readdirSync(to, { recursive: true }).filter((name) => text.includes(extname(name)));
await Promise.all(
  files.map(async (name) => {
    const bytes = await readFile(join(to, name));
    for (const encoding of encodings.split(",")) {
      const [ending, encode] = encoders[encoding];
      const smaller = await encode(bytes);
      if (smaller.length < bytes.length) await writeFile(join(to, name + ending), smaller);
    }
  }),
);
