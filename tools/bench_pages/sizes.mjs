// How large the book's files are, as they are and compressed (gzip 9, Brotli 11).
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const KINDS = {
  programs: /\.wasm$/,
  scripts: /\.js$/,
  styles: /\.css$/,
  chapters: /^chapter\/.*\.html$/,
  data: /^data\//,
};

/** Files of a folder that `tools/compress.mjs` has made, by kind, the largest first. */
export function sizes(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => !/\.(br|gz)$/.test(name));
  const size = (path) => (existsSync(path) ? statSync(path).size : null);
  const line = (name) => {
    const [raw, gzip, brotli] = ["", ".gz", ".br"].map((ending) => size(join(folder, name + ending)));
    // What does not become smaller is sent as it is.
    return { name, raw, gzip: gzip ?? raw, brotli: brotli ?? raw };
  };
  const of = (kind) => names.filter((name) => kind.test(name)).map(line).sort((a, b) => b.raw - a.raw);
  return Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, of(kind)]));
}
