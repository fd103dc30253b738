// How long the page takes to open on a warm cache, and on what: from the start of the navigation to the compiled program,
// the first drawn frame and the opened store. Prints milliseconds; judges nothing.
//   OUTPOST_SITE=build/site node tests/bench/open_times.mjs [--opportunities N] [--runs N]
import { startServer } from '../../.tools/serve.mjs';
import { makeProfile, openApp, ready, site, until } from '../e2e/support.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const opportunities = option('opportunities', 10_000), runs = option('runs', 9);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const times = (page) => page.evaluate(() => {
  const mark = (name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
  const navigation = performance.getEntriesByType('navigation')[0];
  return { page: navigation.responseEnd, boot: mark('outpost-boot'), compiled: mark('outpost-compiled'), started: mark('outpost-started'),
    frame: mark('outpost-first-frame'), store: mark('outpost-store-read'), ready: mark('outpost-ready') };
});

async function measure(page, address) {
  await page.goto(address);
  await ready(page);
  await until(() => page.evaluate(() => performance.getEntriesByName('outpost-first-frame').length > 0), 'the first frame');
  return times(page);
}

function print(what, rows) {
  console.log(`\n${what} (${rows.length} runs), ms from the start of the navigation: median, least, most`);
  for (const name of Object.keys(rows[0])) {
    const values = rows.map((row) => row[name]);
    console.log(`  ${name.padEnd(10)} ${[median(values), Math.min(...values), Math.max(...values)].map((value) => value.toFixed(0).padStart(6)).join('')}`);
  }
}

const server = await startServer(site);
const profile = await makeProfile();
let app = await openApp({ server, profile });
await until(() => app.page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the service worker');
if (opportunities) await app.page.evaluate((count) => window.outpost.call('generate', { opportunities: count, seed: 1 }), opportunities);
await app.page.evaluate(() => window.outpost.call('compact'));
await app.page.waitForTimeout(1000);
const warm = [];
for (let i = 0; i < runs; ++i) {
  const page = await app.browser.newPage();
  await app.page.close();
  await page.waitForTimeout(1000);  // what the closed page leaves to the browser to do is not this page's
  app.page = page;
  warm.push(await measure(page, server.address));
}
print(`New page in the running browser, ${opportunities} opportunities`, warm);
await app.close({ expected: [/.*/] });
const cold = [];
for (let i = 0; i < Math.min(runs, 5); ++i) {
  app = await openApp({ server, profile, open: false });
  cold.push(await measure(app.page, server.address));
  await app.close({ expected: [/.*/] });
}
print('New browser, warm cache', cold);
await server.close();
await profile.remove();
process.exit(0);
