// A rep's ten usual actions on a phone: with a finger, from Home, none more than three taps away. Each tap is on
// something that says what it is; what is typed is not a tap.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const taps_max = 3;

test('ten usual actions are at most three taps from home', { timeout: 240_000 }, async () => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  const { page } = app;
  const create = async (object, fields) => {
    const answer = await execute(page, { command: 'CreateRecord', object, fields });
    assert.equal(answer.ok, true, JSON.stringify(answer));
    return answer.id;
  };
  const today = new Date().toISOString().slice(0, 10);
  const account = await create('Account', { Name: 'Acme', Phone: '+41 44 555 01 01' });
  await create('Contact', { FirstName: 'Ann', LastName: 'Meyer', AccountId: account, Phone: '+41 44 555 01 02' });
  await create('Lead', { FirstName: 'Zoë', LastName: 'Müller', Company: 'Müller & Söhne', Phone: '+41 44 555 01 03' });
  await create('Opportunity', { Name: 'Turbines', AccountId: account, StageName: 'Prospecting', CloseDate: today, Amount: '1200.50' });
  await create('Task', { Subject: 'Send the quote', ActivityDate: today, Status: 'Not Started', Priority: 'Normal' });

  let taps = 0;
  const tap = async (role, name) => {
    const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
    await target.waitFor({ timeout: 10_000 });
    await target.focus();                                    // what lies further down is scrolled to, which is no tap
    await until(async () => { const box = await target.boundingBox(); return box && box.y > 0 && box.y + box.height < 844; }, `${name} in sight`);
    await target.tap();
    taps += 1;
  };
  const field = (name) => page.getByRole('textbox', { name, exact: true });
  const one = async (soql) => (await query(page, soql)).records[0];
  const action = async (name, act) => {
    await page.goto(`${app.address}#/`);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    taps = 0;
    await act();
    assert.ok(taps <= taps_max, `${name} took ${taps} taps`);
  };

  await action('finding a record', async () => {
    await tap('button', 'Search');
    await page.keyboard.type('Meyer');
    await tap('option', /Ann Meyer/);
    await page.getByRole('heading', { name: 'Ann Meyer', level: 1 }).waitFor();
  });
  await action('adding a lead', async () => {
    await tap('button', 'New record');
    await tap('menuitem', 'New lead');
    await field('Last Name').waitFor();
  });
  await action('planning a meeting', async () => {
    await tap('button', 'New record');
    await tap('menuitem', 'New event');
    await field('Subject').waitFor();
  });
  await action('calling a lead', async () => {
    await tap('link', /Zoë Müller/);
    const number = page.getByRole('link', { name: '+41 44 555 01 03' }).first();
    await number.waitFor();
    assert.match(await number.getAttribute('href'), /^tel:/);
  });
  await action('logging a call', async () => {
    await tap('link', /Zoë Müller/);
    await tap('button', 'More actions');
    await tap('menuitem', 'Log a call');
    await field('What was said?').waitFor();
  });
  await action('ticking off a task', async () => {
    await tap('checkbox', /Send the quote/);
    await until(async () => (await one('SELECT Status FROM Task')).Status === 'Completed', 'the task');
  });
  await action('planning a task', async () => {
    await tap('button', 'New task');
    await field('Subject').waitFor();
  });
  await action('moving an opportunity on', async () => {
    await tap('link', /Turbines/);
    await tap('button', 'Mark as complete');
    await until(async () => (await one('SELECT StageName FROM Opportunity')).StageName === 'Qualification', 'the stage');
  });
  await action('changing an amount', async () => {
    await tap('link', /Turbines/);
    await tap('button', 'Edit Amount');
    await field('Amount').fill('1500');
    await field('Amount').press('Enter');
    await until(async () => Number((await one('SELECT Amount FROM Opportunity')).Amount) === 1500, 'the amount');
  });
  await action('seeing the pipeline', async () => {
    await tap('link', /^Open pipeline/);
    await page.getByText('Qualification', { exact: true }).first().waitFor();
  });
  await action('converting a lead', async () => {
    await tap('link', /Zoë Müller/);
    await tap('button', 'Convert');
    const dialog = page.getByRole('dialog', { name: /Convert Zoë Müller/ });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Convert', exact: true }).tap();
    taps += 1;
    await until(async () => (await one('SELECT IsConverted FROM Lead')).IsConverted === true, 'the conversion');
  });
  await app.close();
});

for (const way of ['iOS', 'Android']) {
  test(`the field that is typed into stays above the keyboard, as ${way} brings it up`, { timeout: 60_000 }, async () => {
    const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const { page } = app;
    // iOS lays it over the page, and only the visual viewport is lower then.
    await page.evaluate(() => {
      const own = Object.getOwnPropertyDescriptor(VisualViewport.prototype, 'height');
      let shown = null;
      Object.defineProperty(VisualViewport.prototype, 'height', { get() { return shown ?? own.get.call(this); } });
      window.showHeight = (height) => { shown = height; visualViewport.dispatchEvent(new Event('resize')); };
    });
    const show = (height) => (way === 'iOS' ? page.evaluate((shown) => window.showHeight(shown), height) : page.setViewportSize({ width: 390, height: height ?? 844 }));
    const tap = async (target) => {
      const box = await target.boundingBox();
      await page.touchscreen.tap(box.x + 20, box.y + 20);
    };
    const field = (name) => page.getByRole('textbox', { name, exact: true });
    const save = page.getByRole('button', { name: 'Save', exact: true }), tasks = page.getByRole('link', { name: 'Tasks', exact: true });
    await page.evaluate(() => { location.hash = '#/o/Lead/new'; });
    await until(async () => (await field('Email').boundingBox())?.y > 470, 'a field that the keyboard would cover');
    await tap(field('Email'));
    await until(() => field('Email').evaluate((element) => element === document.activeElement), 'the focus');
    await show(470);
    await until(async () => {
      const [typed, button] = [await field('Email').boundingBox(), await save.boundingBox()];
      return typed.y > 52 && typed.y + typed.height < button.y && button.y + button.height < 470;
    }, 'the field above the buttons, both above the keyboard');
    assert.equal(await tasks.count(), 0, 'the places make room');
    await page.keyboard.type('ann@example.com');
    await tap(save);
    await until(async () => (await field('Last Name').getAttribute('aria-invalid')) === 'true', 'Save where it was pressed');
    await show(null);
    await tasks.waitFor();
    await app.close();
  });
}
