// Every screen of the page as a picture, to be looked at: node tests/e2e/screens.mjs FOLDER [--size=phone]
// [--theme=dark] [--language=zh] [--dpr=2] [--density=compact] [--screen=home,lead]. Without options the whole matrix:
// three sizes, two themes, two languages, two pixel ratios. Not part of the test suite: eyes judge, not assertions. A screen
// that can't be reached is said aloud, and the exit code tells it.
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

// On a site of its own, whose service worker changes.
async function photographUpdate({ settings, name, say, missed }) {
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
  await page.getByText(say('app.update_ready')).waitFor({ state: 'attached', timeout: 20_000 }).catch(() => missed.push(`${name}: no offer`));
  await pause(400);
  await page.screenshot({ path: name });
  await app.close({ expected: [/.*/] });
  rmSync(copy, { recursive: true });
}

async function photograph(setting) {
  const { size, theme, language, dpr, density } = setting;
  const say = textsOf(language);
  const missed = [];
  const settings = { ...sizes[size], colorScheme: theme, locale: locales[language], deviceScaleFactor: Number(dpr), reducedMotion: 'reduce', timezoneId: 'Europe/Zurich' };
  const app = await openApp(settings);
  const { page } = app;
  const name = (screen) => join(folder, [size, theme, language, `${dpr}x`, ...(density === 'compact' ? ['compact'] : []), screen].join('-') + '.png');
  const wanted = new Set(chosen('screen', ['home_first', 'list_empty', ...outside, ...screens.map(([screen]) => screen)]));
  const shoot = async (screen, path, act, exists = [size]) => {
    if (!wanted.has(screen) || !exists.includes(size)) return;
    try {
      await page.goto(`${app.address}${path}`);
      if (act) await page.reload();     // what was left open is gone
      await ready(page);
      await pause(250);
      await act?.({ page, say, size });
    } catch (error) {
      missed.push(`${name(screen)}: ${String(error).split('\n')[0]}`);
    }
    await pause(400);
    await page.screenshot({ path: name(screen) });
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
      await second.screenshot({ path: name('other_tab') });
      await press(second, say('app.use_here'));
      await pause(1200);
      await page.screenshot({ path: name('lost_tab') });
    }
  }
  await app.close({ expected: [/.*/] });
  if (wanted.has('update')) await photographUpdate({ settings, name: name('update'), say, missed });
  return missed;
}

mkdirSync(folder, { recursive: true });
const missed = [];
for (const size of chosen('size', Object.keys(sizes)))
  for (const theme of chosen('theme', ['light', 'dark']))
    for (const language of chosen('language', Object.keys(locales)))
      for (const dpr of chosen('dpr', ['1', '2'])) missed.push(...(await photograph({ size, theme, language, dpr, density: options.density })));
for (const line of missed) console.log(`not reached: ${line}`);
process.exitCode = missed.length > 0 ? 1 : 0;
