// Addresses in a real browser: dialogs and the history, reload, the last place, scroll, what lists remember, the way
// through a list's records, its keys.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, makeProfile, openApp, query, ready, site, until } from './support.mjs';

const create = async (page, object, fields) => {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
};
const createMany = async (page, object, list) => {
  const answer = await execute(page, { command: 'Batch', commands: list.map((fields) => ({ command: 'CreateRecord', object, fields })) });
  assert.equal(answer.ok, true, JSON.stringify(answer));
};
const hash = (page) => decodeURIComponent(new URL(page.url()).hash);
const firstRow = (page) => page.evaluate(() => Math.min(...[...document.querySelectorAll('[role=row][aria-rowindex]')]
  .map((row) => Number(row.getAttribute('aria-rowindex'))).filter((row) => row > 1)));

test('navigation: a dialog has an address: back closes it, forward opens it, a reload keeps it, closing goes back', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const lead = await create(page, 'Lead', { FirstName: 'Ann', LastName: 'Meyer', Company: 'Acme' });
  await page.goto(`${app.address}#/r/${lead}`);
  await page.getByRole('button', { name: 'Convert', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Convert Ann Meyer' });
  await dialog.waitFor();
  await until(() => hash(page) === `#/r/${lead}?dialog=convert:${lead}`, 'the address of the dialog');
  await until(async () => (await page.title()).startsWith('Convert Ann Meyer'), 'the title');
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  await page.goForward();
  await dialog.waitFor();
  await page.reload();
  await ready(page);
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await until(() => hash(page) === `#/r/${lead}`, 'the address without the dialog');
  await until(async () => (await page.title()).startsWith('Ann Meyer'), 'the title of the record');
  await app.close();
});

// A closed dialog goes back in the history, which the browser does a moment later.
test('navigation: who goes elsewhere just as a dialog closes stays there, and back leads to the page below', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const lead = await create(page, 'Lead', { LastName: 'Meyer', Company: 'Acme' });
  await page.evaluate(() => {
    const back = history.back.bind(history);
    history.back = () => {
      const { go, wait } = window.hurry;
      if (wait === -1) location.hash = go;
      back();
      if (wait === 0) location.hash = go;
      if (wait > 0) setTimeout(() => { location.hash = go; }, wait - 1);
    };
  });
  for (const wait of [-1, 0, 1, 2, 5]) {
    await page.goto(`${app.address}#/r/${lead}`);
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Convert Meyer' });
    await dialog.waitFor();
    await page.evaluate((value) => { window.hurry = { go: '#/o/Account', wait: value }; }, wait);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
    await page.waitForTimeout(400);
    assert.equal(hash(page), '#/o/Account', `gone ${wait} ms after the way back was asked for`);
    assert.equal(await dialog.count(), 0);
    await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
    if (wait >= 0) {
      await page.goBack();
      await until(() => hash(page) === `#/r/${lead}`, `the page below, after ${wait}`);
      assert.equal(await dialog.count(), 0);
    }
  }
  await app.close();
});

test('navigation: reload and back keep the scroll; a start without an address goes on at the last place', { timeout: 180_000 }, async () => {
  const profile = await makeProfile(), server = await startServer(site);
  try {
    const app = await openApp({ profile, server });
    const { page } = app;
    await createMany(page, 'Account', Array.from({ length: 300 }, (_, i) => ({ Name: `Account ${1000 + i}` })));
    await page.goto(`${app.address}#/o/Account?sort=Name`);
    const grid = page.getByRole('grid');
    await until(() => grid.count(), 'the list');
    const box = await grid.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, 4000);
    await until(async () => (await firstRow(page)) > 80, 'the scroll');
    await new Promise((done) => setTimeout(done, 800));
    const before = await firstRow(page);
    await page.reload();
    await ready(page);
    await until(async () => Math.abs((await firstRow(page)) - before) <= 1, 'the scroll after a reload');
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.goBack();
    await until(async () => Math.abs((await firstRow(page)) - before) <= 1, 'the scroll on the way back');
    await app.close();

    const again = await openApp({ profile, server, path: '' });
    await until(() => hash(again.page) === '#/o/Account?sort=Name', 'the last place');
    await until(async () => Math.abs((await firstRow(again.page)) - before) <= 1, 'its scroll');
    await again.close();
  } finally {
    await server.close();
    await profile.remove();
  }
});

test('navigation: next and previous record by keys, back to the list, a link opens in a new tab', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await createMany(page, 'Account', ['Alpha', 'Beta', 'Gamma'].map((Name) => ({ Name })));
  await page.goto(`${app.address}#/o/Account?sort=-Name`);
  const link = page.getByRole('grid').getByRole('link', { name: 'Gamma' });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click({ modifiers: ['Control'] })]);
  await until(() => tab.url().includes('#/r/'), 'the address in the new tab');
  await tab.close();
  await page.bringToFront();
  await link.click();
  const heading = (name) => page.getByRole('heading', { name, level: 1 });
  await heading('Gamma').waitFor();
  await page.keyboard.press('j');
  await heading('Beta').waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await heading('Alpha').waitFor();
  await page.getByRole('button', { name: 'Previous record' }).click();
  await heading('Beta').waitFor();
  await page.goBack();
  await until(() => hash(page) === '#/o/Account?sort=-Name', 'the list');
  await app.close();
});

test('navigation: after a reload next and previous record go by the board that one came from', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  // The list goes by close date: Ada, Cat, Bea. The board goes by stage first.
  await createMany(page, 'Opportunity', [['Ada', 'Proposal/Price Quote', '2027-01-01'], ['Bea', 'Prospecting', '2027-03-01'], ['Cat', 'Prospecting', '2027-02-01']]
    .map(([Name, StageName, CloseDate]) => ({ Name, StageName, CloseDate })));
  await page.goto(`${app.address}#/o/Opportunity/board`);
  await page.getByRole('group', { name: /^Prospecting, / }).getByRole('link', { name: /^Cat/ }).click();
  const heading = (name) => page.getByRole('heading', { name, level: 1 });
  await heading('Cat').waitFor();
  await page.reload();
  await ready(page);
  await heading('Cat').waitFor();
  await page.getByText('1 of 3').waitFor();
  await page.keyboard.press('j');
  await heading('Bea').waitFor();
  await page.keyboard.press('j');
  await heading('Ada').waitFor();
  await app.close();
});

test('list: at 1440 px a list of leads stands beside the sidebar without scrolling sideways', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await createMany(page, 'Lead', Array.from({ length: 60 }, (_, i) => ({ LastName: `Lead ${10 + i}`, Company: 'Acme' })));
  await page.goto(`${app.address}#/o/Lead`);
  const header = page.getByRole('columnheader', { name: 'Lead Owner' });
  await header.waitFor();
  const before = await header.boundingBox();
  assert.ok(before.x + before.width <= 1440 - 44, JSON.stringify(before));
  await page.mouse.move(900, 500);
  await page.mouse.wheel(600, 0);
  await new Promise((done) => setTimeout(done, 500));
  assert.deepEqual(await header.boundingBox(), before);
  await app.close();
});

test('list: keys alone tick, edit from cell to cell and filter', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await createMany(page, 'Contact', ['Alpha', 'Beta'].map((LastName) => ({ LastName, Title: 'CTO', Email: `${LastName}@acme.test`, Phone: '1' })));
  await page.goto(`${app.address}#/o/Contact?sort=Name`);
  await page.getByRole('grid').getByRole('link', { name: 'Alpha', exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('1 selected').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  for (let i = 0; i < 2; ++i) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('e');
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('CEO');
  await title.press('Tab');
  const email = page.getByRole('textbox', { name: 'Email' });
  await email.fill('no address');
  await email.press('Enter');
  await until(async () => (await email.getAttribute('aria-invalid')) === 'true', 'the refusal at its cell');
  await email.fill('new@acme.test');
  await email.press('Shift+Tab');
  await title.waitFor();
  await until(async () => (await title.inputValue()) === 'CEO' && (await title.evaluate((field) => document.activeElement === field)), 'the cell before');
  const saved = (await query(page, "SELECT Title, Email FROM Contact WHERE LastName = 'Alpha'")).records[0];
  assert.deepEqual([saved.Title, saved.Email], ['CEO', 'new@acme.test']);
  await title.press('Escape');
  await title.waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await page.keyboard.type('beta');
  await until(() => /q=beta/.test(page.url()), 'the quick filter');
  await app.close();
});

test('a page with something typed and not saved asks before it is left, another one doesn\'t', { timeout: 90_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const lead = await create(page, 'Lead', { LastName: 'Meyer', Company: 'Acme', Phone: '+41 44 555' });
  const asked = [];
  page.on('dialog', (dialog) => { asked.push(dialog.type()); return dialog.dismiss(); });
  // Refused, the page goes nowhere, and Playwright waits for nothing.
  const reload = () => page.evaluate(() => { setTimeout(() => location.reload(), 0); }).then(() => page.waitForTimeout(1500));
  await page.goto(`${app.address}#/o/Lead/new`);
  const name = page.getByRole('textbox', { name: 'Last Name', exact: true });
  await name.click();
  await reload();
  assert.deepEqual(asked, [], 'nothing is typed yet');
  await ready(page);
  await name.click();
  await page.keyboard.type('Ann');
  await page.waitForTimeout(300);
  await reload();
  assert.deepEqual(asked, ['beforeunload']);
  assert.equal(await name.inputValue(), 'Ann');
  await page.getByRole('textbox', { name: 'Company', exact: true }).fill('Acme');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Ann', level: 1 }).waitFor();
  await reload();
  assert.equal(asked.length, 1, 'all is saved');
  await ready(page);

  await page.goto(`${app.address}#/r/${lead}`);
  await page.getByRole('tab', { name: 'Call' }).click();
  const said = page.getByRole('textbox', { name: 'What was said?' });
  await said.click();
  await page.keyboard.type('They want two');
  await page.getByRole('link', { name: '+41 44 555' }).first().click();   // a call leaves the page where it is
  await page.waitForTimeout(800);
  assert.equal(asked.length, 1, 'a call');
  page.removeAllListeners('dialog');
  page.on('dialog', (dialog) => dialog.accept());
  await page.waitForTimeout(1000);
  await page.reload();
  await ready(page);
  await said.waitFor();
  await until(async () => (await said.inputValue()) === 'They want two', 'what was typed');
});
