// Keeps the whole book in the browser, so that it can be read without network.
//
// This worker is one edition of the book: below stands what the edition consists of. The browser
// installs the worker of a new edition beside the one at work, and here that means: fetch every file
// that is not kept yet. If one is missing the installation fails, and the edition at work stays as it
// is. A new edition takes over when the reader says so, or when no page of the old one is open.
//
// Files are kept under their name and the hash of their contents. So two editions share what is the
// same in both, neither can overwrite what is the other's, and a download that broke off is taken up
// where it ended.
"use strict";

// Filled in by the prerenderer (offline.rs).
const EDITION = "/* edition */";
// [name, hash, bytes]; a name that ends with a slash, or is empty, is the page of that folder.
const FILES = [/* files */];
// [name, hash, bytes, the pages in it]: many small pages that are fetched as one file.
const BUNDLES = [/* bundles */];
// The page that is not kept.
const PAPER = "/* paper */";

// The address of the book's root: `https://host/a/b/`. Names are relative to it.
const ROOT = self.registration.scope;
// On the same host there may be other books, and sites that are none.
const STORE = `happens-before ${ROOT}`;
// The pages that were open when this edition took over: ids, as JSON.
const BEFORE = `${ROOT}?before`;
// So many files are asked for at a time; the page itself may need the network, too.
const AT_ONCE = 4;

const ALL = [...FILES, ...BUNDLES];
const BYTES = ALL.reduce((sum, [, , bytes]) => sum + bytes, 0);
// The hash under which each name is kept. Pages of a bundle have the bundle's.
const HASHES = new Map(ALL.map(([name, hash]) => [name, hash]));
for (const [, hash, , pages] of BUNDLES) for (const page of pages) HASHES.set(page, hash);

const keyOf = (name, hash) => `${ROOT}${name}?${hash}`;

// ---- Installing: every file, or none of it counts

// Whether another edition is at work while this one is being installed.
let isNew = false;

addEventListener("install", event => {
  isNew = Boolean(self.registration.active);
  event.waitUntil(keep());
});

// Fetches what is not kept yet. The lock keeps others from clearing up meanwhile.
const keep = () => navigator.locks.request(STORE, async () => {
  const store = await caches.open(STORE);
  const added = [];
  let coming = await missing(store);
  await report("going", coming);
  try {
    await inParallel(coming.slice(), async file => {
      await (file.length > 3 ? keepBundle(store, file, added) : keepFile(store, file, added));
      coming = coming.filter(other => other !== file);
      await report("going", coming);
    });
    // The browser may have thrown something away on its own.
    coming = await missing(store);
    if (coming.length > 0) throw new Failure("room", coming[0][0]);
  } catch (failure) {
    const why = failure instanceof Failure ? failure
      : new Failure(failure.name === "QuotaExceededError" ? "room" : "network", "");
    // Otherwise what has come is of use to the next attempt.
    if (why.kind === "room") for (const key of added) await store.delete(key);
    await report("failed", coming, `${why.kind} ${why.file}`);
    throw failure;
  }
  await report("whole", coming);
});

class Failure extends Error {
  constructor(kind, file) {
    super(`${kind}: ${file}`);
    Object.assign(this, { kind, file });
  }
}

async function missing(store) {
  const kept = new Set((await store.keys()).map(request => request.url));
  const isKept = ([name, hash, , pages = [name]]) => pages.every(page => kept.has(keyOf(page, hash)));
  return ALL.filter(file => !isKept(file));
}

async function keepFile(store, [name, hash], added) {
  const { answer, bytes } = await fetchExactly(name, hash);
  const key = keyOf(name, hash);
  added.push(key);
  await store.put(key, new Response(bytes, { headers: headersOf(answer) }));
}

// Of a bundle its pages are kept, with what the host said of the bundle.
async function keepBundle(store, [name, hash], added) {
  const { answer, bytes } = await fetchExactly(name, hash);
  const headers = headersOf(answer);
  headers.set("content-type", "text/html; charset=utf-8");
  // What all pages have stands there once, without a name.
  const { "": same, ...pages } = JSON.parse(new TextDecoder().decode(bytes));
  for (const [page, text] of Object.entries(pages)) {
    const key = keyOf(page, hash);
    added.push(key);
    await store.put(key, new Response(text.replace("\0", () => same), { headers }));
  }
}

// The file with exactly these contents: while a host is being updated, the same address may give the
// one before or the one after. What the page has loaded just now the browser has already; only if that
// is not the right one is the host asked.
async function fetchExactly(name, hash) {
  let answer;
  for (const cache of ["default", "reload"]) {
    answer = await fetch(ROOT + name, { cache, priority: "low" }).catch(() => {
      throw new Failure("network", name);
    });
    if (!answer.ok) continue;
    const bytes = await answer.arrayBuffer().catch(() => {
      throw new Failure("network", name);
    });
    if (await hashOf(bytes) === hash) return { answer, bytes };
  }
  throw new Failure(answer.ok ? "other" : "missing", name);
}

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
}

// What the host said of the file, but for what was true of the transfer only.
function headersOf(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  return headers;
}

// Does it for each of the list, a few at a time. After a failure nothing more is begun, and what is
// under way is waited for.
async function inParallel(list, work) {
  const next = async () => {
    while (list.length > 0) {
      await work(list.shift()).catch(failure => {
        list.length = 0;
        throw failure;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, next));
  const failed = ends.find(end => end.status === "rejected");
  if (failed) throw failed.reason;
}

// ---- Taking over

addEventListener("activate", event => event.waitUntil(begin()));

async function begin() {
  isNew = false;
  const store = await caches.open(STORE);
  const open = (await pages()).map(page => page.id);
  await store.put(BEFORE, new Response(JSON.stringify(open)));
  // The page of the very first visit is answered from now on, without being loaded again.
  await clients.claim();
  await clearUp();
}

// Removes what is not of this edition. Not while a page is open that was there before: it may still
// ask for a file of its own edition. Not while another edition is on its way: it would lose its files.
const clearUp = () => navigator.locks.request(STORE, { ifAvailable: true }, async lock => {
  if (!lock || self.registration.installing || self.registration.waiting) return;
  const store = await caches.open(STORE);
  const before = await store.match(BEFORE);
  if (!before) return;
  const open = new Set((await pages()).map(page => page.id));
  if ((await before.json()).some(id => open.has(id))) return;
  const own = new Set([...HASHES].map(([name, hash]) => keyOf(name, hash)));
  for (const request of await store.keys()) if (!own.has(request.url)) await store.delete(request);
});

// ---- Answering

addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT)) return;
  event.respondWith(answerTo(request));
  if (request.mode === "navigate") event.waitUntil(clearUp());
});

async function answerTo(request) {
  const isPage = request.mode === "navigate";
  const address = new URL(request.url);
  const name = (address.origin + address.pathname).slice(ROOT.length);
  // As hosts do: relative addresses in a page only hold below the slash.
  const folder = name.endsWith("index.html") ? name.slice(0, -"index.html".length) : `${name}/`;
  if (isPage && !HASHES.has(name) && HASHES.has(folder)) {
    return Response.redirect(ROOT + folder + address.search);
  }
  const kept = await find(name, isPage).catch(() => undefined);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (lost) {
    const page = isPage && await find("404.html", true);
    if (!page) throw lost;
    return withoutNetwork(page, folder.startsWith(PAPER));
  }
}

// Nobody knows here whether there is such a page: other words than those of `404.html`, over its list.
async function withoutNetwork(page, isForPaper) {
  const why = isForPaper
    ? "The page for paper is not kept, because all of its text is on the other pages. It needs the network."
    : "This address is not among what is kept here, and there is no network.";
  const text = (await page.text())
    .replace("Not found", "Not kept")
    .replace(/<h1>.*?<\/p>/s, `<h1>This page is not kept here</h1><p>${why}</p>`);
  return new Response(text, { status: 503, statusText: "No network", headers: page.headers });
}

// Pages are always of this edition. A file that this edition does not know may be wanted by a page of
// the one before, which is still open: its name has a hash in it, so it is the right one.
async function find(name, isPage) {
  const store = await caches.open(STORE);
  const hash = HASHES.get(name);
  if (hash !== undefined) return store.match(keyOf(name, hash));
  return isPage ? undefined : store.match(ROOT + name, { ignoreSearch: true });
}

// ---- Talking with the pages

const ORDERS = {
  // The reader wants the new edition.
  "take over": () => self.skipWaiting(),
  // What the browser has thrown away is fetched again.
  "keep": () => keep(),
  // A page wants to know how it stands.
  "report": async () => {
    const coming = await missing(await caches.open(STORE));
    await report(coming.length > 0 ? "partial" : "whole", coming);
    await clearUp();
  },
};

addEventListener("message", event => {
  if (Object.hasOwn(ORDERS, event.data)) event.waitUntil(ORDERS[event.data]().catch(() => {}));
});

// One line to each page of the book: kit/offline/report.rs reads it.
async function report(state, coming, why = "") {
  const bytes = coming.reduce((sum, [, , bytes]) => sum - bytes, BYTES);
  const line = [isNew ? "new" : "own", state, EDITION, ALL.length - coming.length, ALL.length, bytes, BYTES, why];
  for (const page of await pages()) page.postMessage(line.join(" ").trim());
}

// The pages of this book that are open, whichever edition they are of.
async function pages() {
  const all = await clients.matchAll({ includeUncontrolled: true, type: "window" });
  return all.filter(page => page.url.startsWith(ROOT));
}
