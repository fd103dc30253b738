// Every screen of the page as a picture, to be looked at: node tests/e2e/screens.mjs FOLDER [--size=phone]
// [--theme=dark] [--language=zh] [--dpr=2] [--density=compact] [--screen=home,lead]. Without options the whole matrix:
// three sizes, two themes, two languages, three pixel ratios. A screen is reached once for each size and language and then
// photographed in each theme at each ratio, as somebody sees it who changes the theme or moves the window to another
// display. Not part of the test suite: eyes judge, not assertions. A screen that can't be reached is said aloud, and the
// exit code tells it.
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, press, screens } from './screen_list.mjs';
import { openApp, query, ready, root, site, until } from './support.mjs';

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const locales = { en: 'en-US', zh: 'zh-CN' };

const folder = process.argv[2];
if (!folder || folder.startsWith('--')) throw new Error('give a folder for the pictures');
const options = Object.fromEntries(process.argv.slice(3).map((word) => word.replace(/^--/, '').split('=')));
const chosen = (name, all) => (options[name] ? options[name].split(',') : all);

// Texts by key, so that each screen is found in each language.
function textsOf(language) {
  const source = readFileSync(join(root, `core/base/messages_${language}.inc`), 'utf8');
  const texts = new Map([...source.matchAll(/^M\("([^"]+)", "((?:[^"\\]|\\.)*)"\)/gm)].map(([, key, text]) => [key, text]));
  return (key, ...parts) => texts.get(key).replace(/\{(\d)\}/g, (_, index) => parts[index] ?? '');
}

// What stands in no list: another tab that keeps the data or took it over, and a new version that waits.
const outside = ['other_tab', 'lost_tab', 'update'];

// Photographs what the page shows under each look, a theme and a pixel ratio. The first look is restored at the end, so
// that the next screen is reached under the same one.
async function shootLooks(page, { viewport, isMobile = false }, looks, name) {
  const wire = await page.context().newCDPSession(page);
  const show = async ({ theme, dpr }) => {
    await page.emulateMedia({ colorScheme: theme });
    await wire.send('Emulation.setDeviceMetricsOverride', { ...viewport, deviceScaleFactor: Number(dpr), mobile: isMobile });
    await pause(150);
  };
  for (const look of looks) {
    if (looks.length > 1) await show(look);
    const { data } = await wire.send('Page.captureScreenshot', { format: 'png' });
    writeFileSync(name(look), Buffer.from(data, 'base64'));
  }
  if (looks.length > 1) await show(looks[0]);
  await wire.detach();
}

// On a site of its own, whose service worker changes.
async function photographUpdate({ settings, shootAs, say, missed }) {
  const copy = mkdtempSync(join(tmpdir(), 'outpost-screens-'));
  cpSync(site, copy, { recursive: true });
  const app = await openApp({ ...settings, folder: copy });
  const { page } = app;
  await until(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the service worker');
  const worker = join(copy, 'service_worker.js');
  for (const packed of ['.br', '.gz']) rmSync(worker + packed, { force: true });
  appendFileSync(worker, '// newer');
  await page.reload();
  await ready(page);
  await page.getByText(say('app.update_ready')).waitFor({ state: 'attached', timeout: 20_000 }).catch(() => missed.push('update: no offer'));
  await pause(400);
  await shootAs(page, 'update');
  await app.close({ expected: [/.*/] });
  rmSync(copy, { recursive: true });
}

async function photograph(setting) {
  const { size, language, density, looks } = setting;
  const say = textsOf(language);
  const missed = [];
  const settings = { ...sizes[size], colorScheme: looks[0].theme, locale: locales[language], deviceScaleFactor: Number(looks[0].dpr), reducedMotion: 'reduce', timezoneId: 'Europe/Zurich' };
  const app = await openApp(settings);
  const { page } = app;
  const name = (screen, { theme, dpr } = looks[0]) => join(folder, [size, theme, language, `${dpr}x`, ...(density === 'compact' ? ['compact'] : []), screen].join('-') + '.png');
  const shootAs = (shown, screen) => shootLooks(shown, sizes[size], looks, (look) => name(screen, look));
  const wanted = new Set(chosen('screen', ['home_first', 'list_empty', ...outside, ...screens.map(([screen]) => screen)]));
  const shoot = async (screen, path, act, exists = [size]) => {
    if (!wanted.has(screen) || !exists.includes(size)) return;
    // On a busy machine a step may come too early: once more from the start before it is said.
    for (let attempt = 1; attempt <= 2; ++attempt) {
      try {
        await page.goto(`${app.address}${path}`);
        if (act) await page.reload();     // what was left open is gone
        await ready(page);
        await pause(250 * attempt);
        await act?.({ page, say, size });
        break;
      } catch (error) {
        if (attempt === 2) missed.push(`${name(screen)}: ${String(error).split('\n')[0]}`);
      }
    }
    await pause(400);
    await shootAs(page, screen);
  };
  if (density === 'compact') await page.evaluate(() => localStorage.setItem('outpost.density', 'compact'));
  await shoot('home_first', '#/');
  await shoot('list_empty', '#/o/Lead');
  if ([...wanted].some((screen) => !['home_first', 'list_empty', 'update'].includes(screen))) {
    await page.goto(`${app.address}#/`);
    await page.reload();
    await ready(page);
    await press(page, say('ui.sample.try'));
    await until(async () => (await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize > 0, 'the sample data');
    await page.reload();     // without the toast
    await ready(page);
    const ids = {};
    for (const object of ['Lead', 'Account', 'Contact', 'Opportunity', 'Task', 'Event']) {
      const where = object === 'Account' ? 'WHERE ParentId != NULL' : object === 'Lead' ? 'WHERE IsConverted = false' : object === 'Opportunity' ? 'WHERE IsClosed = false' : '';
      ids[object] = ((await query(page, `SELECT Id FROM ${object} ${where} ORDER BY CreatedDate LIMIT 1`)).records ?? [])[0]?.Id;
    }
    for (const [screen, path, act, exists] of screens) await shoot(screen, path.replace(/:([A-Z]\w+)/g, (_, object) => ids[object]), act, exists);
    if (wanted.has('other_tab') || wanted.has('lost_tab')) {
      const second = await app.browser.newPage();
      await second.goto(app.address);
      await pause(1200);
      await shootAs(second, 'other_tab');
      await press(second, say('app.use_here'));
      await pause(1200);
      await shootAs(page, 'lost_tab');
    }
  }
  await app.close({ expected: [/.*/] });
  if (wanted.has('update')) await photographUpdate({ settings, shootAs, say, missed });
  return missed;
}

mkdirSync(folder, { recursive: true });
const missed = [];
const looks = chosen('theme', ['light', 'dark']).flatMap((theme) => chosen('dpr', ['1', '1.5', '2']).map((dpr) => ({ theme, dpr })));
for (const size of chosen('size', Object.keys(sizes)))
  for (const language of chosen('language', Object.keys(locales))) missed.push(...(await photograph({ size, language, looks, density: options.density })));
for (const line of missed) console.log(`not reached: ${line}`);
process.exitCode = missed.length > 0 ? 1 : 0;
