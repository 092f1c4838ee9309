// Measures the sites that tools/bench-pages serves; prints JSON, and a table of it on stderr.
//
//   node main.mjs WORK LIGHTHOUSE CHROMIUM RUNS
//
// WORK holds what is served (`served`: a site, an encoding and an address in each line), LIGHTHOUSE is
// where npm has installed it.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { lighthouse } from "./lighthouse.mjs";
import { nextChapter, untilReadable } from "./reader.mjs";
import { sizes } from "./sizes.mjs";
import { table } from "./table.mjs";

const [work, home, chromium, runs] = process.argv.slice(2);
const tools = { home, chromium, runs: Number(runs) };
const served = readFileSync(join(work, "served"), "utf8").trim().split("\n").map((line) => line.split(" "));
const chapters = JSON.parse(readFileSync(join(work, "book.json"), "utf8"));

// Chapter 2, and the longest, which may be the same.
const file = (chapter) => join(work, "site/book/chapter", chapter.slug, "index.html");
const size = (chapter) => statSync(file(chapter)).size;
const longest = chapters.reduce((a, b) => (size(b) > size(a) ? b : a));
const second = chapters.find((chapter) => chapter.number === 2);
const pages = { home: null, "chapter 2": second };
if (longest !== second) pages[`longest (chapter ${longest.number})`] = longest;

const chapterPath = (site, { slug }) => (site === "book" ? `chapter/${slug}/` : `${slug}.html`);
const say = (words) => process.stderr.write(`${words}\n`);

const report = {
  begun: new Date().toISOString(),
  machine: { processors: cpus().length, processor: cpus()[0].model, load: loadavg()[0] },
  runs: tools.runs,
  longest: longest.slug,
  missing: ["mdbook", "vitepress"].filter((site) => !readdirSync(join(work, "site")).includes(site)),
  pages: [],
  next: [],
  sizes: sizes(join(work, `served-${served.at(-1)[1]}`, "book")),
};
for (const [site, encoding, address] of served) {
  for (const [page, chapter] of Object.entries(pages)) {
    say(`${site}, ${encoding}, ${page}: Lighthouse (${tools.runs} runs)`);
    const url = address + (chapter ? chapterPath(site, chapter) : "");
    const readable = await untilReadable(tools, url);
    report.pages.push({ site, encoding, page, url, readable, ...(await lighthouse(tools, url)) });
  }
  say(`${site}, ${encoding}: from the click on the next chapter to its heading (${tools.runs} runs)`);
  const next = chapters[chapters.indexOf(second) + 1];
  report.next.push({ site, encoding, ...(await nextChapter(tools, address + chapterPath(site, second), next.title)) });
}
report.machine.load_at_the_end = loadavg()[0];
table(report, say);
console.log(JSON.stringify(report, null, 1));
