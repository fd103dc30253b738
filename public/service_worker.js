// Keeps one whole version of the site for use without a network. The map below is filled in when the site is
// assembled: address to content hash. A version is stored only when every file arrived with its right content; if one
// did not, nothing of it is kept and the version before goes on.
'use strict';

const version = '%VERSION%';
const files = '%PRECACHE%';
const prefix = 'outpost-';
const cacheName = prefix + version;

async function store() {
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(Object.entries(files).map(async ([address, integrity]) => {
      const response = await fetch(address, { cache: 'no-cache', integrity, credentials: 'same-origin' });
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      await cache.put(address, response);
    }));
  } catch (error) {
    await caches.delete(cacheName);
    throw error;
  }
}

async function removeOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(cacheName);
  const { href, origin, pathname } = new URL(request.url);
  const isPage = new URL('./index.html', registration.scope).href === href.replace(/[?#].*/, '');
  const stored = await cache.match(isPage ? './' : origin + pathname);
  if (stored || request.mode !== 'navigate') return stored ?? fetch(request);
  // Another page in this folder is its host's business; where it can't be had, it is this page.
  return fetch(request).catch(async () => (await cache.match('./')) ?? Response.error());
}

// Where the browser can, it answers for this version's own files from the cache by itself: the page then opens without
// waiting for this worker to start. A file that the cache has lost comes from the network, as in answer().
function addRoutes(event) {
  const literal = (text) => text.replace(/[{}()*+?:\\]/g, '\\$&');
  const routes = Object.keys(files).map((address) => {
    const { protocol, hostname, port, pathname } = new URL(address, registration.scope);
    const urlPattern = new URLPattern({ protocol: protocol.slice(0, -1), hostname, port, pathname: literal(pathname), search: '' });
    return { condition: { urlPattern, requestMethod: 'GET' }, source: { cacheName } };
  });
  // What is not ours comes from its host; for a page that can't be had there, answer() has this one.
  const others = [
    { condition: { requestMode: 'navigate' }, source: 'race-network-and-fetch-handler' },
    { condition: { urlPattern: new URLPattern({ pathname: '*' }) }, source: 'network' },
  ];
  return event.addRoutes([...routes, ...others]).catch(() => {});
}

addEventListener('install', (event) => {
  if (event.addRoutes) event.waitUntil(addRoutes(event));
  event.waitUntil(store());
});
addEventListener('activate', (event) => event.waitUntil(removeOthers().then(() => clients.claim())));
addEventListener('message', (event) => { if (event.data === 'activate') skipWaiting(); });
// A reminder was pressed: the page comes to the front, at its record.
addEventListener('notificationclick', (event) => {
  const { notification } = event, route = notification.data ?? '';
  notification.close();
  event.waitUntil(clients.matchAll({ type: 'window' }).then(async (pages) => {
    if (!pages.length) return clients.openWindow('./' + route);
    const page = await (pages.find((each) => each.visibilityState === 'visible') ?? pages[0]).focus();
    page.postMessage({ route });
  }));
});
addEventListener('fetch', (event) => {
  const { request } = event;
  const inside = request.method === 'GET' && request.url.startsWith(registration.scope);
  if (inside) event.respondWith(answer(request));
});
