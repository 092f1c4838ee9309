// Lighthouse with its own mobile settings: a phone's window, slow 4G (simulated) and a processor slowed
// four times.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { spread } from "./figures.mjs";

const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"];
const TIMES = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
  cls: "cumulative-layout-shift",
  speed_index: "speed-index",
  bytes: "total-byte-weight",
};

/** A module of Lighthouse's folder: scripts of this one would not find it by its name. */
export function installed(home, name) {
  return import(pathToFileURL(createRequire(join(home, "node_modules/lighthouse/package.json")).resolve(name)));
}

/** Medians over the runs, each with a browser of its own, and what the audits of the last one found. */
export async function lighthouse({ home, chromium, runs }, url) {
  const { launch } = await installed(home, "chrome-launcher");
  const { default: run } = await import(pathToFileURL(join(home, "node_modules/lighthouse/core/index.js")));
  const figures = [];
  let last;
  for (let index = 0; index < runs; index += 1) {
    const chrome = await launch({ chromePath: chromium, chromeFlags: FLAGS, logLevel: "silent" });
    try {
      last = (await run(url, { port: chrome.port, logLevel: "silent" })).lhr;
    } finally {
      await chrome.kill();
    }
    if (last.runtimeError) throw new Error(`${url}: ${last.runtimeError.message}`);
    figures.push(figuresOf(last));
  }
  const names = Object.keys(figures[0]);
  const found = Object.fromEntries(names.map((name) => [name, spread(figures.map((run) => run[name]))]));
  return { figures: found, transferred: transferred(last), failed: failed(last) };
}

function figuresOf({ categories, audits }) {
  const scores = Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  const times = Object.entries(TIMES).map(([name, id]) => [name, audits[id].numericValue]);
  return Object.fromEntries([...scores, ...times]);
}

/** Bytes by kind of file, heads of the answers included. */
function transferred({ audits }) {
  const kinds = {};
  for (const { resourceType, transferSize } of audits["network-requests"].details.items) {
    kinds[resourceType] = (kinds[resourceType] ?? 0) + transferSize;
  }
  return kinds;
}

/** The audits that keep accessibility, best practices and SEO below 100, with the elements. */
function failed({ categories, audits }) {
  const list = [];
  for (const { id: category, auditRefs } of Object.values(categories)) {
    if (category === "performance") continue;
    for (const { id, weight } of auditRefs) {
      const { score, title, details } = audits[id];
      if (!weight || score === null || score >= 1) continue;
      const where = (item) => item.node?.selector ?? item.source?.url ?? item.source ?? item.url ?? "";
      const what = (item) => item.node?.snippet ?? item.description ?? item.value ?? "";
      list.push({ category, id, title, at: (details?.items ?? []).map((item) => `${where(item)} ${what(item)}`.trim()) });
    }
  }
  return list;
}
