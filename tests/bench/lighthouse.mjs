// What Lighthouse says of the pages in use, with sample data in them: accessibility and best practices, on a desktop and on a phone.
//   OUTPOST_SITE=build/site node tests/bench/lighthouse.mjs [--device=desktop,phone] [--page=home,list,...] [--out=FOLDER for its answers]
// Each page is loaded anew by Lighthouse in the profile that has the data, and once more looked at as it stands after one came to it
// from another; menus and dialogs are looked at open (what an open menu leaves to be seen of a target below it may count as too small).
// Lighthouse comes from npm. Ends with 1 when a score is below 100.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../.tools/serve.mjs';
import { browserArguments, chromiumPath, makeProfile, site } from '../e2e/support.mjs';
import { load } from './packages.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, '').split('=')));
const { default: lighthouse, snapshot, desktopConfig, defaultConfig } = await load('lighthouse');
const { default: puppeteer } = await load('puppeteer-core');

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const press = (name) => (page) => page.locator(`::-p-aria([name="${name}"][role="button"])`).setTimeout(10_000).click();
const type = (key) => (page) => page.keyboard.press(key);

// [name, address, what is opened there]. An address may ask for the id of a record by its object.
const pages = [
  ['home', '#/'],
  ['list', '#/o/Opportunity'],
  ['leads', '#/o/Lead'],
  ['record', '#/r/:Opportunity'],
  ['account', '#/r/:Account'],
  ['lead', '#/r/:Lead'],
  ['board', '#/o/Opportunity/board'],
  ['form', '#/o/Opportunity/new'],
  ['calendar', '#/calendar?view=week'],
  ['month', '#/calendar?view=month'],
  ['agenda', '#/calendar?view=agenda'],
  ['task_feed', '#/o/Task/feed?of=all'],
  ['forecast', '#/forecast'],
  ['import', '#/import'],
  ['settings', '#/settings'],
  ['stages', '#/settings/stages'],
  ['routing', '#/routing'],
  ['recycle_bin', '#/recycle-bin'],
  ['record_menu', '#/r/:Opportunity', press('More actions')],
  ['filters', '#/o/Lead', press('Filters')],
  ['form_errors', '#/o/Lead/new', press('Save')],
  ['palette', '#/', press('Search')],
  ['quick_log', '#/o/Lead', type('l')],
  ['quick_lead', '#/o/Lead', type('q')],
  ['shortcuts', '#/', type('?')],
  ['next_task', '#/o/Task/feed?of=all&dialog=next'],
];
const devices = { desktop: { ...defaultConfig.settings, ...desktopConfig.settings }, phone: defaultConfig.settings };
const chosen = (name, all) => (options[name] ? options[name].split(',') : all);

// A page of the device's size and kind.
async function openPage(browser, { screenEmulation: { mobile, width, height, deviceScaleFactor }, emulatedUserAgent }) {
  const page = await browser.newPage();
  await page.setUserAgent({ userAgent: emulatedUserAgent });
  await page.setViewport({ width, height, deviceScaleFactor, isMobile: mobile, hasTouch: mobile });
  return page;
}

const ready = (page) => page.evaluate(async () => {
  while (!window.outpost) await new Promise((done) => setTimeout(done, 20));
  await window.outpost.ready;
});

// Fills the database and answers the id of a record for each object that an address names.
async function fill(page, address) {
  await page.goto(address);
  await ready(page);
  return page.evaluate(async (objects) => {
    await window.outpost.call('generate', { opportunities: 300, seed: 7 });
    const ids = {};
    for (const object of objects) ids[object] = (await window.outpost.query(`SELECT Id FROM ${object} LIMIT 1`)).records[0].Id;
    return ids;
  }, [...new Set(pages.flatMap(([, path]) => path.match(/(?<=:)\w+/) ?? []))]);
}

// The two looks at a page: [how, Lighthouse's answer].
async function* looks(page, address, path, act, settings) {
  const config = { extends: 'lighthouse:default', settings: { ...settings, onlyCategories: ['accessibility', 'best-practices'], disableStorageReset: true } };
  await page.goto('about:blank');
  if (!act) yield ['loaded', (await lighthouse(address + path, undefined, config, page)).lhr];
  await page.goto('about:blank');
  await page.goto(`${address}#/o/Contact`);
  await ready(page);
  await page.evaluate((hash) => { location.hash = hash; }, path);
  await pause(1000);
  await act?.(page);
  await pause(1000);
  yield ['as it stands', (await snapshot(page, { config })).lhr];
}

// What an audit found, a line for each thing.
function findings({ audits, categories }) {
  const of = (category) => categories[category].auditRefs.map(({ id, weight }) => ({ ...audits[id], weight }))
    .filter(({ score, scoreDisplayMode, weight }) => weight > 0 && score !== null && score < 1 && scoreDisplayMode !== 'informative');
  return [...of('accessibility'), ...of('best-practices')].flatMap(({ id, title, details }) => [
    `    ${id}: ${title}`,
    ...(details?.items ?? []).slice(0, 8).map(({ node, ...item }) =>
      `      ${node ? `${node.snippet} ${node.explanation ?? ''}`.replace(/\s+/g, ' ') : JSON.stringify(item).slice(0, 300)}`),
  ]);
}

let below = 0;
async function measure(browser, device, address, ids) {
  for (const [name, path, act] of pages.filter(([name]) => chosen('page', [name]).includes(name))) {
    const page = await openPage(browser, devices[device]);
    try {
      for await (const [how, answer] of looks(page, address, path.replace(/:(\w+)/, (_, object) => ids[object]), act, devices[device])) {
        const scores = ['accessibility', 'best-practices'].map((category) => Math.round(answer.categories[category].score * 100));
        console.log(`${device} ${name}, ${how}: accessibility ${scores[0]}, best practices ${scores[1]}`);
        for (const line of findings(answer)) console.log(line);
        below += scores.filter((score) => score < 100).length;
        if (options.out) writeFileSync(join(options.out, `${device}-${name}-${how.replace(/ /g, '_')}.json`), JSON.stringify(answer, null, 1));
      }
    } catch (error) {
      below++;
      console.log(`${device} ${name}: not reached: ${String(error).split('\n')[0]}`);
    }
    await page.close();
  }
}

if (options.out) mkdirSync(options.out, { recursive: true });
const profile = await makeProfile();
const server = await startServer(site);
const browser = await puppeteer.launch({ executablePath: chromiumPath(), args: [...browserArguments, '--lang=en-US'], userDataDir: profile.folder, timeout: 60_000 });
try {
  const first = await browser.newPage();
  const ids = await fill(first, server.address);
  await first.close();
  for (const device of chosen('device', Object.keys(devices))) await measure(browser, device, server.address, ids);
} finally {
  await browser.close();
  await server.close();
  await profile.remove();
}
console.log(below === 0 ? 'all 100' : `${below} below 100`);
process.exitCode = below === 0 ? 0 : 1;
