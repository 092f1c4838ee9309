// The report in words and columns.

const NAMES = { book: "Happens Before", mdbook: "mdBook", vitepress: "VitePress" };
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const seconds = (time) => `${(time / 1000).toFixed(2)} s`;
const milliseconds = (time) => `${time.toFixed(0)} ms`;
const plain = (number) => `${number}`;
const LINES = [
  ["performance", "performance", plain],
  ["accessibility", "accessibility", plain],
  ["best-practices", "best practices", plain],
  ["seo", "SEO", plain],
  ["fcp", "first contentful paint", seconds],
  ["lcp", "largest contentful paint", seconds],
  ["tbt", "total blocking time", milliseconds],
  ["cls", "cumulative layout shift", (shift) => shift.toFixed(3)],
  ["speed_index", "speed index", seconds],
  ["bytes", "transferred in all", kilobytes],
];

export function table(report, say) {
  const { runs, machine, missing } = report;
  say(`\nMedian of ${runs} runs, in brackets the least and the most. Load of the machine (${machine.processors} processors):`);
  say(`${machine.load.toFixed(1)} at the start, ${machine.load_at_the_end.toFixed(1)} at the end; above 1 the times are too long.`);
  for (const site of missing) say(`${NAMES[site]} could not be installed or built on this machine: there are no figures of it.`);
  const kinds = new Set(report.pages.map(({ page, encoding }) => `${page}, ${encoding}`));
  for (const kind of kinds) lighthouse(report.pages.filter(({ page, encoding }) => kind === `${page}, ${encoding}`), kind, say);
  next(report.next, say);
  for (const [kind, files] of Object.entries(report.sizes)) sizes(kind, files, say);
  failed(report.pages, say);
}

function row(say, name, cells) {
  say(`${name.padEnd(26)}${cells.map((cell) => cell.padStart(32)).join("")}`);
}

function lighthouse(pages, kind, say) {
  say("");
  row(say, kind, pages.map(({ site }) => NAMES[site]));
  for (const [key, name, form] of LINES) {
    const cell = ({ median, min, max }) => (min === max ? form(median) : `${form(median)} (${form(min)}–${form(max)})`);
    row(say, name, pages.map(({ figures }) => cell(figures[key])));
  }
  row(say, "until readable", pages.map(({ readable }) => `${kilobytes(readable.bytes)} (HTML ${kilobytes(readable.html)})`));
}

function next(found, say) {
  if (!found.length) return;
  say(`\nFrom the click on the next chapter, after ${found[0].hover} ms on the link, until its heading is painted`);
  for (const { site, encoding, median, min, max } of found) {
    say(`  ${NAMES[site]}, ${encoding}: ${milliseconds(median)} (${milliseconds(min)}–${milliseconds(max)})`);
  }
}

function sizes(kind, files, say) {
  const sum = (key) => files.reduce((bytes, file) => bytes + file[key], 0);
  const shown = files.slice(0, 20);
  const all = { name: `all ${files.length}`, raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
  say(`\n${kind.padEnd(60)}${["raw", "gzip 9", "Brotli 11"].map((name) => name.padStart(14)).join("")}`);
  for (const { name, raw, gzip, brotli } of [...shown, all]) {
    say(`  ${name.padEnd(58)}${[raw, gzip, brotli].map((bytes) => kilobytes(bytes).padStart(14)).join("")}`);
  }
}

/** Each audit once, with the pages of the book that fail it. */
function failed(pages, say) {
  const audits = new Map();
  for (const { site, page, failed } of pages.filter(({ site }) => site === "book")) {
    for (const { category, id, title, at } of failed) {
      const key = `${category}, ${id}: ${title}`;
      audits.set(key, (audits.get(key) ?? new Map()).set(page, at));
    }
  }
  say(audits.size ? "\nWhat keeps the book's accessibility, best practices or SEO below 100" : "\nAccessibility, best practices and SEO: nothing to mend.");
  for (const [audit, where] of audits) {
    say(`  ${audit}`);
    for (const [page, at] of where) for (const place of at) say(`    ${page}: ${place}`);
  }
}
