// What a reader waits for, measured in Chromium over the DevTools protocol.
import { installed } from "./lighthouse.mjs";
import { spread } from "./figures.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"];
/** Slow 4G, as Lighthouse names it: bytes a second, and milliseconds for each request. */
const NETWORK = { offline: false, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 };
const PROCESSOR = { rate: 4 };
/** How long the pointer rests on a link before it clicks. */
const HOVER = 200;
/** Where the link to the next chapter stands, in each of the three sites. */
const NEXT = ".neighbours .after a, a.nav-chapters.next, a.mobile-nav-chapters.next, .pager-link.next";

/** Bytes of the document, and of what the browser waits for before it paints. */
export function untilReadable(tools, url) {
  return withPage(tools, async (page) => {
    await page.goto(url);
    return page.evaluate(() => {
      const sum = (entries) => entries.reduce((bytes, entry) => bytes + entry.encodedBodySize, 0);
      const blocking = performance.getEntriesByType("resource").filter((entry) => entry.renderBlockingStatus === "blocking");
      const html = sum(performance.getEntriesByType("navigation"));
      return { html, blocking: sum(blocking), files: blocking.length, bytes: html + sum(blocking) };
    });
  });
}

/** Milliseconds from the click on the next chapter until its heading has been painted. */
export async function nextChapter(tools, url, title) {
  const times = [];
  for (let run = 0; run < tools.runs; run += 1) times.push(await withPage(tools, (page) => follow(page, url, title)));
  return { hover: HOVER, times, ...spread(times) };
}

async function follow(page, url, title) {
  const devtools = await page.createCDPSession();
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await devtools.send("Emulation.setCPUThrottlingRate", PROCESSOR);
  await page.evaluateOnNewDocument(timeHeading, title);
  // The chapter has been read to its end: all that it loads is there.
  await page.goto(url, { waitUntil: "networkidle0" });
  const links = await page.$$(NEXT);
  const seen = await Promise.all(links.map((link) => link.isVisible()));
  const link = links[seen.indexOf(true)];
  await link.scrollIntoView();
  await page.waitForNetworkIdle({ idleTime: 1_000 });
  await link.hover();
  await new Promise((resolve) => setTimeout(resolve, HOVER));
  await page.mouse.down();
  await page.mouse.up();
  const painted = await page.waitForFunction(() => window.paintedAfter, { polling: 200 });
  return painted.jsonValue();
}

/** Runs in each document: sets `paintedAfter` when the heading `title` has come into view after a click. */
function timeHeading(title) {
  const now = (time) => performance.timeOrigin + time;
  const remember = (event) => sessionStorage.setItem("clicked", now(event.timeStamp));
  addEventListener("click", remember, { capture: true });
  const inView = (heading) => {
    const { top, bottom } = heading.getBoundingClientRect();
    return heading.textContent.includes(title) && bottom > 0 && top < innerHeight;
  };
  const look = () => {
    const clicked = Number(sessionStorage.getItem("clicked"));
    if (!clicked || ![...document.querySelectorAll("h1")].some(inView)) return requestAnimationFrame(look);
    // A message sent before a frame is painted arrives after it.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (window.paintedAfter = now(performance.now()) - clicked);
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

async function withPage({ home, chromium }, measure) {
  const { default: puppeteer } = await installed(home, "puppeteer-core");
  const browser = await puppeteer.launch({ executablePath: chromium, args: FLAGS, defaultViewport: { width: 1280, height: 800 } });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(180_000);
    return await measure(page);
  } finally {
    await browser.close();
  }
}
