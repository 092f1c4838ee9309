// Stands in place of the service worker while one works on the book: what a finished edition has left
// in the browser at this address goes away, and its pages are loaded anew.
"use strict";

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", event => event.waitUntil(leave()));

async function leave() {
  await caches.delete(`happens-before ${self.registration.scope}`);
  const pages = await clients.matchAll({ type: "window" });
  await self.registration.unregister();
  for (const page of pages) page.navigate(page.url);
}
