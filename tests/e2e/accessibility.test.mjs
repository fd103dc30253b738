// The page for people who don't use a mouse, a sighted eye or the browser's usual settings: axe's rules, focus, arrow
// keys, high contrast, zoom, find-in-page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { findViolations } from './platform/axe.mjs';
import { execute, openApp, query, until } from './support.mjs';

async function openWithSamples(t, options = {}) {
  const app = await openApp(options);
  t.after(() => app.close());
  await app.page.getByRole('button', { name: /sample data/i }).first().click();
  await until(async () => (await query(app.page, 'SELECT COUNT() FROM Lead')).totalSize > 0, 'the sample data');
  return app;
}
const idOf = async (page, object) => (await query(page, `SELECT Id FROM ${object} LIMIT 1`)).records[0].Id;
const openLead = async (page) => (await query(page, 'SELECT Id FROM Lead WHERE IsConverted = false LIMIT 1')).records[0].Id;

// An import from its columns to its end, with a row that is handed back.
async function importSteps(page, go, check) {
  await go('import', '#/import');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file', exact: true }).click();
  await (await chooser).setFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('Company,Last Name,Email,Status,Shoe\nAcme,Li,li@acme.test,Working - Contacted,40\nAcme,Wu,none,contacted,41\n') });
  const press = async (name) => {
    const button = page.getByRole('button', { name });
    await button.first().waitFor();
    await button.first().focus();
    await button.first().click();
  };
  await page.getByRole('button', { name: 'Check the values' }).waitFor();
  await check('import: columns');
  await press('Check the values');
  await page.getByRole('button', { name: 'Show the preview' }).waitFor();
  await check('import: values');
  await press('Show the preview');
  await page.getByRole('button', { name: /^Import \d+ rows?$/ }).waitFor();
  await check('import: preview');
  await press(/^Import \d+ rows?$/);
  await page.getByRole('button', { name: 'Undo this import' }).waitFor();
  await check('import: done');
}

// A page whose places are checked one after the other, with the sample data in it.
async function openChecked(t, options) {
  const app = await openApp(options);
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const check = async (what) => {
    if (!options.hasTouch) await page.mouse.move(2, 2);
    await page.waitForTimeout(400);
    assert.deepEqual(await findViolations(page), [], what);
  };
  const go = async (what, path) => {
    await page.goto(app.address + path);
    await until(async () => (await page.getByRole('heading', { level: 1 }).count()) === 1, what);
    await check(what);
  };
  await check('first visit');
  await page.getByRole('button', { name: /sample data/i }).first().click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Lead')).totalSize > 0, 'the sample data');
  await page.getByLabel('Notifications').getByRole('button', { name: 'Close' }).click();  // the toast, which covers what lies below it
  return { app, page, check, go };
}

test('axe finds nothing on a phone in the dark', { timeout: 240_000 }, async (t) => {
  const { app, page, check, go } = await openChecked(t, { colorScheme: 'dark', viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true });
  await check('home');
  const { id } = await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name: 'A', StageName: 'Perception Analysis', CloseDate: '2030-01-01' } });   // the longest stage
  for (const path of [`#/r/${id}`, '#/o/Lead', '#/o/Opportunity/board', '#/o/Opportunity/new', '#/o/Lead/new', '#/o/Task/feed?of=all', '#/o/Task/feed?of=all&dialog=next', '#/calendar?view=day', '#/calendar?view=month',
    '#/calendar?view=agenda', '#/forecast', '#/settings', '#/import', '#/recycle-bin', `#/r/${await idOf(page, 'Opportunity')}`, `#/r/${await openLead(page)}`]) await go(path, path);
  for (const tab of await page.getByRole('tab').all()) {
    await tab.tap();
    await check(`a lead's tab`);
  }
  await app.close();
});

test('axe finds nothing on any page', { timeout: 400_000 }, async (t) => {
  const { app, page, check, go } = await openChecked(t, { colorScheme: 'light' });
  await check('home');
  await go('list', '#/o/Account');
  await go('products', '#/o/Product2');
  await go('no segments', '#/o/Segment');   // nothing below the open menu, which would count as a covered target
  await page.getByRole('button', { name: 'List menu' }).click();
  await page.getByRole('menuitem').first().waitFor();
  await check('menu');
  await page.keyboard.press('Escape');
  await go('record', `#/r/${await idOf(page, 'Opportunity')}`);
  await go('form', '#/o/Lead/new');
  await go('board', '#/o/Opportunity/board');
  await go('import', '#/import');
  await go('settings', '#/settings');
  await execute(page, { command: 'CreateRecord', object: 'AssignmentRuleEntry', fields: { Name: 'All', SortOrder: 1, Criteria: "Country != null", AssignedToId: await idOf(page, 'User') } });
  await go('routing', '#/routing');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await check('routing, tried');
  await page.getByRole('button', { name: 'New entry' }).click();
  await page.getByRole('dialog').waitFor();
  await check('routing entry');
  await page.keyboard.press('Escape');
  await go('web-to-lead', '#/web-to-lead');
  await execute(page, { command: 'CreateRecord', object: 'ListView', fields: { Name: 'Banks', SobjectType: 'Account', Criteria: "Industry = 'Banking'", GroupBy: 'Industry' } });
  await go('grouped list', '#/o/Account?group=Industry&where=Industry%20%21%3D%20null%20OR%20Name%20%21%3D%20null');
  await page.getByRole('button', { name: 'Unsaved view' }).click();
  await page.getByRole('menuitem', { name: 'Banks' }).waitFor();
  await check('views');
  await page.keyboard.press('Escape');
  await go('conditions', '#/o/Account?where=Industry%20%21%3D%20null%20OR%20Name%20%21%3D%20null&dialog=conditions');
  await page.getByRole('dialog').waitFor();
  await check('conditions');
  await page.keyboard.press('Escape');
  const doomed = (await query(page, 'SELECT Id FROM Task LIMIT 1')).records[0].Id;
  await execute(page, { command: 'DeleteRecord', object: 'Task', id: doomed });
  await go('recycle bin', '#/recycle-bin');
  await execute(page, { command: 'RestoreRecord', object: 'Task', id: doomed });
  await go('field history', `#/r/${doomed}?dialog=history:${doomed}`);
  await page.getByRole('dialog').waitFor();
  await check('field history');
  await page.keyboard.press('Escape');
  await go('stages', '#/settings/stages');
  await page.getByRole('button', { name: 'Edit Qualification' }).click();
  await page.getByRole('dialog').waitFor();
  await check('one stage');
  await page.keyboard.press('Escape');
  await execute(page, { command: 'CreateRecord', object: 'DuplicateRule', fields: { Name: 'Same post', AppliesTo: 'People', Comparisons: 'Title;City' } });
  await go('duplicate rules', '#/settings/duplicates');
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByRole('dialog').waitFor();
  await check('a duplicate rule');
  await page.keyboard.press('Escape');
  await go('conversion settings', '#/settings/conversion');
  await page.getByRole('button', { name: /^Salutation/ }).click();
  await page.getByRole('dialog').waitFor();
  await check("a field's targets");
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await check('palette');
  await page.keyboard.press('Escape');
  await go('lead', `#/r/${await openLead(page)}`);
  await page.getByRole('button', { name: 'Convert', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await check('conversion');
  await page.getByRole('switch', { name: 'Show what goes where' }).click();
  await page.getByRole('checkbox', { name: 'Add a follow-up task for the contact' }).click();
  await check('conversion, all shown');
  await page.keyboard.press('Escape');
  await go('account', `#/r/${await idOf(page, 'Account')}`);
  const { Id, FirstName, LastName, Email } = (await query(page, 'SELECT Id, FirstName, LastName, Email FROM Contact WHERE Email != null LIMIT 1')).records[0];
  await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName, LastName, Email, Title: 'Somebody else' } });
  await go('contact', `#/r/${Id}`);
  await page.getByRole('button', { name: 'Compare and merge' }).click();
  await page.getByRole('radio').first().waitFor();
  await check('merging');
  await page.keyboard.press('Escape');
  await go('products', `#/r/${(await query(page, 'SELECT Id FROM Opportunity WHERE HasOpportunityLineItem = true AND IsClosed = false LIMIT 1')).records[0].Id}`);
  await page.getByRole('button', { name: 'Add products' }).click();
  await page.getByRole('dialog').waitFor();
  await check('adding products');
  await page.keyboard.press('Escape');
  await go('forecast', '#/forecast');
  await page.keyboard.press('l');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Call with Nobody, call back tomorrow 10:00');
  await page.getByRole('checkbox').first().waitFor();
  await check('quick log');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await go('task feed', '#/o/Task/feed?of=all');
  await go('next task', '#/o/Task/feed?of=all&dialog=next');
  for (const view of ['day', 'week', 'month', 'agenda']) await go(`calendar, ${view}`, `#/calendar?view=${view}`);
  await importSteps(page, go, check);
  await app.close();
});

test('each page has one main region, one first heading, and a title', { timeout: 120_000 }, async (t) => {
  const { page, address } = await openWithSamples(t);
  for (const path of ['#/', '#/o/Account', `#/r/${await idOf(page, 'Account')}`, '#/o/Lead/new', '#/o/Opportunity/board', '#/import', '#/settings']) {
    await page.goto(address + path);
    await until(async () => (await page.getByRole('heading', { level: 1 }).count()) === 1, `one first heading of ${path}`, 8000);
    assert.equal(await page.getByRole('main').count(), 1, path);
    assert.ok((await page.getByRole('navigation').count()) >= 1, path);
    assert.match(await page.title(), /\S+ · Outpost|Outpost/, path);
  }
});

test('a menu moves by arrows and gives the focus back; a dialog keeps the Tab key inside', { timeout: 120_000 }, async (t) => {
  const { page, address } = await openWithSamples(t);
  await page.goto(`${address}#/r/${await openLead(page)}`);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
  const more = page.getByRole('button', { name: 'More actions' });
  await more.focus();
  await page.keyboard.press('Enter');
  const items = page.getByRole('menuitem');
  await items.first().waitFor();
  const names = await items.allTextContents();
  await until(async () => (await focused()) === names[0], 'the first entry', 5000);
  await page.keyboard.press('ArrowDown');
  await until(async () => (await focused()) === names[1], 'the second entry', 5000);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await until(async () => (await focused()) === names.at(-1), 'the last entry, going round', 5000);
  await page.keyboard.press('Escape');
  await until(async () => (await focused()) === 'More actions', 'the focus back', 5000);

  const convert = page.getByRole('button', { name: 'Convert', exact: true });
  await convert.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.equal(await dialog.getAttribute('aria-modal'), 'true');
  const inside = () => page.evaluate(() => document.activeElement.closest('[role=dialog]') !== null);
  await until(inside, 'the focus in the dialog', 5000);
  const first = await focused();
  for (const key of ['Tab', 'Shift+Tab']) {
    let rounds = 0;
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press(key);
      assert.ok(await inside(), `${key} ${i + 1} left the dialog`);
      rounds += (await focused()) === first;
    }
    assert.ok(rounds >= 1, `${key} goes round`);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await until(async () => (await focused()) === 'Convert', 'the focus back', 5000);
});

test('a search tells its list, the option that the arrows have come to, and how many there are', { timeout: 120_000 }, async (t) => {
  const app = await openWithSamples(t);
  const { page } = app;
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Search records and commands' });
  await field.fill('new');
  const list = page.getByRole('listbox', { name: 'Results' });
  await until(async () => (await field.getAttribute('aria-expanded')) === 'true', 'the list');
  assert.equal(await field.getAttribute('aria-controls'), await list.getAttribute('id'));
  const option = (at) => list.getByRole('option').nth(at).getAttribute('id');
  assert.equal(await field.getAttribute('aria-activedescendant'), await option(0));
  await page.keyboard.press('ArrowDown');
  await until(async () => (await field.getAttribute('aria-activedescendant')) === await option(1), 'the second option');
  await until(() => page.evaluate(() => /^\d+ results$/.test([...document.querySelectorAll('#voices > div')].map((voice) => voice.textContent).join(''))), 'the count');
  assert.deepEqual(await findViolations(page), []);
  await page.keyboard.press('Escape');
  // A lookup's list, from a cell.
  await page.goto(`${app.address}#/o/Opportunity/new`);
  const owner = page.getByRole('combobox', { name: 'Account Name' }).or(page.getByRole('combobox', { name: 'Account', exact: true })).first();
  await owner.focus();
  await page.keyboard.press('Enter');
  const needle = page.locator('input[role=combobox]');
  await needle.fill('a');
  await until(async () => {
    const id = await needle.getAttribute('aria-activedescendant');
    return id && (await page.locator(`#${id}[role=option][aria-selected=true]`).count()) === 1;
  }, 'the marked option');
  assert.deepEqual(await findViolations(page), []);
});

test('the focus never falls to the page by what a key does', { timeout: 120_000 }, async (t) => {
  const app = await openWithSamples(t);
  const { page } = app;
  const active = () => page.evaluate(() => (document.activeElement === document.body ? '' : document.activeElement.getAttribute('aria-label') || document.activeElement.textContent));
  const press = async (role, name, then, key = 'Enter') => {
    await page.getByRole(role, { name }).first().focus();
    await page.keyboard.press(key);
    await until(async () => then.test(await active()), `${name}: ${then}`);
  };
  await press('button', 'Collapse the sidebar', /Expand the sidebar/);
  await press('button', 'Expand the sidebar', /Collapse the sidebar/);
  await page.goto(`${app.address}#/o/Opportunity`);
  await press('button', 'Board', /^Board$/);
  await press('button', 'List', /^List$/);
  // Space ticks a grid's row.
  await page.getByRole('gridcell').nth(1).focus();
  await page.keyboard.press('Space');
  await page.getByText('1 selected').first().waitFor({ state: 'attached' });
  await page.goto(`${app.address}#/r/${await openLead(page)}`);
  for (const key of ['Enter', 'Escape']) {
    await press('button', 'Edit Phone', /^Phone$/);
    if (key === 'Enter') await page.keyboard.type('1');
    await page.keyboard.press(key);
    await until(async () => (await active()) === 'Edit Phone', `the button after ${key}`);
  }
});

test('a grid has one Tab stop and moves by arrow keys', { timeout: 120_000 }, async (t) => {
  const { page, address } = await openWithSamples(t);
  await page.goto(`${address}#/o/Account`);
  await page.getByRole('grid').waitFor();
  await until(() => page.locator('[role=gridcell][tabindex="0"]').count(), 'a cell to begin with');
  assert.equal(await page.locator('[role=gridcell][tabindex="0"]').count(), 1);
  await page.locator('[role=gridcell][tabindex="0"]').focus();
  const place = () => page.evaluate(() => [document.activeElement.getAttribute('aria-colindex'), document.activeElement.closest('[role=row]')?.getAttribute('aria-rowindex')].map(Number));
  const [column, row] = await place();
  await page.keyboard.press('ArrowDown');
  await until(async () => (await place())[1] === row + 1, 'a row down', 5000);
  await page.keyboard.press('ArrowRight');
  await until(async () => (await place())[0] === column + 1, 'a column right', 5000);
  await page.keyboard.press('Home');
  await until(async () => (await place())[0] === column, 'the first column', 5000);
});

test('high contrast takes the system\'s colours, and words are not drawn twice', { timeout: 120_000 }, async (t) => {
  const { page, address } = await openWithSamples(t, { colorScheme: 'light', forcedColors: 'active' });
  await page.goto(`${address}#/o/Account`);
  await page.getByRole('grid').waitFor();
  await page.waitForTimeout(500);
  const wanted = await page.evaluate(() => {
    const probe = document.createElement('i');
    probe.style.cssText = 'forced-color-adjust:none;background:Canvas';
    document.body.append(probe);
    const colour = getComputedStyle(probe).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
    probe.remove();
    return colour;
  });
  const shot = async (setup) => {
    await page.evaluate(setup);
    return (await page.screenshot()).toString('base64');
  };
  const whole = await shot(() => {});
  const without = await shot(() => { document.getElementById('mirror').style.opacity = '0'; });
  assert.equal(whole, without, 'the mirror shows nothing of its own');
  const corner = await page.evaluate(async (source) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(source), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return [...context.getImageData(image.width - 40, 4, 1, 1).data].slice(0, 3);
  }, whole);
  assert.deepEqual(corner, wanted);
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
  await page.waitForTimeout(300);
  assert.notEqual((await page.screenshot()).toString('base64'), whole);
});

test('at twice the size nothing is cut off: 640 by 400 reflows', { timeout: 120_000 }, async (t) => {
  const { page, address } = await openWithSamples(t, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  for (const path of ['#/', '#/o/Account', `#/r/${await idOf(page, 'Account')}`, '#/o/Lead/new', '#/settings', '#/import']) {
    await page.goto(address + path);
    await page.getByRole('main').waitFor();
    await page.waitForTimeout(400);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight);
    assert.equal(wide, false, path);
    const outside = await page.evaluate(() => [...document.querySelectorAll('#mirror :is([role=button], a, input, textarea, [role=tab])')]
      .filter((element) => !element.closest('[role=grid]'))
      .map((element) => [element.getAttribute('aria-label') ?? element.textContent, element.getBoundingClientRect()])
      .filter(([, box]) => box.right > innerWidth + 1 || box.left < -1).map(([name]) => name));
    assert.deepEqual(outside, [], path);
  }
});

test('find-in-page reaches rows that are scrolled away', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  const commands = Array.from({ length: 1500 }, (_, i) => ({ command: 'CreateRecord', object: 'Account', fields: { Name: `Account ${String(i).padStart(5, '0')}` } }));
  assert.equal((await execute(page, { command: 'Batch', commands })).ok, true);
  await page.goto(`${app.address}#/o/Account`);
  const grid = page.getByRole('grid');
  await grid.waitFor();
  await until(() => grid.getByRole('row').nth(3).count(), 'rows');
  assert.equal(await page.locator('#findable').count(), 0, 'nothing is kept before somebody searches');
  await page.keyboard.press('Control+f');
  const row = page.locator('#findable > [hidden="until-found"]').filter({ hasText: 'Account 01321' });
  await until(() => row.count(), 'the row as a text that is found');
  assert.ok((await page.locator('#findable > *').count()) <= 2000);
  // What the browser's own search does once it has found it.
  await row.evaluate((element) => {
    element.dispatchEvent(new Event('beforematch', { bubbles: true }));
    element.removeAttribute('hidden');
  });
  await grid.getByRole('link', { name: 'Account 01321' }).waitFor();
  const found = await page.locator('#findable > :not([hidden])').boundingBox(), cell = await grid.getByRole('row').filter({ hasText: 'Account 01321' }).boundingBox();
  assert.ok(Math.abs(found.y - cell.y) < 2 && Math.abs(found.x - cell.x) < 2, `${JSON.stringify(found)} over ${JSON.stringify(cell)}`);
  await page.mouse.click(5, 400);
  await until(async () => (await page.locator('#findable').count()) === 0, 'its end when the person goes on');
});

test('what is scrolled away is brought into view and pressed by whoever asks for it', { timeout: 120_000 }, async (t) => {
  for (const options of [{ viewport: { width: 412, height: 823 }, hasTouch: true, isMobile: true }, { viewport: { width: 900, height: 400 } }]) {
    const app = await openApp(options);
    t.after(() => app.close().catch(() => {}));
    const { page } = app;
    const press = (locator) => (options.hasTouch ? locator.tap() : locator.click());
    await press(page.getByRole('button', { name: 'New account', exact: true }));
    await until(() => page.url().endsWith('#/o/Account/new'), 'the form');
    const field = page.getByRole('textbox', { name: 'Description' });
    assert.ok((await field.boundingBox()).width < 100, 'the field is out of view at first');
    await press(field);
    await page.keyboard.type('far below');
    await until(async () => (await field.inputValue()) === 'far below' && (await field.boundingBox()).width > 100, 'the field in view');
    await app.close();
  }
});

test('elements over the canvas are not painted while a list scrolls, and are again when it rests or a field is written in', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  await page.evaluate(() => window.outpost.call('generate', { opportunities: 500, seed: 7 }));
  await page.goto(`${app.address}#/o/Opportunity`);
  const rows = page.getByRole('grid').getByRole('row');
  await until(() => rows.nth(5).count(), 'rows');
  await page.evaluate(() => {
    window.seen = [];
    new MutationObserver(() => window.seen.push(document.getElementById('mirror').style.opacity)).observe(document.getElementById('mirror'), { attributeFilter: ['style'] });
  });
  await rows.nth(5).hover();
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, 200);
  await until(() => page.evaluate(() => window.seen.at(-1) === '' && window.seen[0] === '0'), 'painting to stop and go on');
  // What is asked of assistive technology is the same all the while.
  await until(async () => Number(await rows.nth(1).getAttribute('aria-rowindex')) > 20, 'the rows that are in sight now');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('a');
  await rows.nth(3).hover();
  await page.evaluate(() => { window.seen.length = 0; });
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, 200);
  await until(async () => Number(await rows.nth(1).getAttribute('aria-rowindex')) > 20, 'the rows to move');
  assert.deepEqual(await page.evaluate(() => window.seen), []);
});
