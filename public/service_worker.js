// Keeps one whole version of the site for use without a network. The map below is filled in when the site is
// assembled: address to content hash. A version is stored only when every file of the program arrived with its right
// content; if one did not, nothing of it is kept and the version before goes on.
'use strict';

const version = '%VERSION%';
const files = '%PRECACHE%';
const prefix = 'outpost-', { scope } = registration;
const cacheName = `${prefix}${version} ${scope}`;
const page = './', pageByName = './index.html';
const isProgram = (address) => address === page || /\.[0-9a-f]{10}\.\w+$/.test(address);

async function load(address, integrity) {
  const response = await fetch(address, { cache: 'no-cache', integrity, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // Browsers open no page with an answer that came by a redirection.
  return response.redirected ? new Response(response.body, response) : response;
}

// Some hosts have the page under its name only.
const loadPage = (integrity) => load(page, integrity).catch(() => load(pageByName, integrity));

async function store() {
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(Object.entries(files).map(async ([address, integrity]) => {
      const response = await (address === page ? loadPage(integrity) : load(address, integrity)).catch((error) => {
        if (isProgram(address)) throw error;
      });
      if (response) await cache.put(address, response);
    }));
  } catch (error) {
    await caches.delete(cacheName);
    throw error;
  }
}

// Another folder of this origin may have an Outpost of its own. The name tells whose a cache is; one of the versions that
// did not say it is ours when no other folder's page is in it.
async function isOurs(name) {
  const [, address] = name.split(' ');
  if (address) return address === scope;
  const kept = await (await caches.open(name)).keys();
  return kept.map(({ url }) => url).filter((url) => url.endsWith('/')).join() === scope;
}

async function removeOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(names.map(async (name) => await isOurs(name) && caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(cacheName);
  const { href, origin, pathname } = new URL(request.url);
  const isPage = new URL(pageByName, scope).href === href.replace(/[?#].*/, '');
  const stored = await cache.match(isPage ? page : origin + pathname);
  if (stored || request.mode !== 'navigate') return stored ?? fetch(request);
  // Another page in this folder is its host's business; where it can't be had, it is this page.
  return fetch(request).catch(async () => (await cache.match(page)) ?? Response.error());
}

// Where the browser can, it answers for this version's own files from the cache by itself: the page then opens without
// waiting for this worker to start. A file that the cache has lost comes from the network, as in answer().
function addRoutes(event) {
  const literal = (text) => text.replace(/[{}()*+?:\\]/g, '\\$&');
  const route = (address, source, more) => {
    const { protocol, hostname, port, pathname } = new URL(address, scope);
    const urlPattern = new URLPattern({ protocol: protocol.slice(0, -1), hostname, port, pathname: literal(pathname), ...more });
    return { condition: { urlPattern, requestMethod: 'GET' }, source };
  };
  const routes = Object.keys(files).map((address) => route(address, { cacheName }, { search: '' }));
  // The page by its name, or with a question behind its address, is this version's, too, whatever the network says.
  routes.push(route(page, 'fetch-event'), route(pageByName, 'fetch-event'));
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
  const inside = request.method === 'GET' && request.url.startsWith(scope);
  if (inside) event.respondWith(answer(request));
});
