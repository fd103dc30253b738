// How things get into the page: input methods, drag and drop, clipboard, links in new tabs; and that it
// rests when nothing does.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const one = async (page, soql) => (await query(page, soql)).records[0];
const create = async (page, object, fields) => {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
};
async function open(t, options = {}) {
  const app = await openApp(options);
  t.after(() => app.close());
  return app;
}
async function openField(t, options) {
  const app = await open(t, options);
  await app.page.goto(`${app.address}#/o/Lead/new`);
  const field = app.page.getByRole('textbox', { name: 'Company', exact: true });
  await field.waitFor();
  return { ...app, field };
}

test('Chinese is composed in a record\'s field: half a word is no value, the chosen one is', { timeout: 90_000 }, async (t) => {
  const { page, field } = await openField(t);
  await field.click();
  const client = await page.context().newCDPSession(page);
  for (const text of ['b', 'bei', 'bei jing']) await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await page.waitForTimeout(200);
  assert.equal(await field.inputValue(), 'bei jing');
  await client.send('Input.insertText', { text: '北京科技' });
  assert.equal(await field.inputValue(), '北京科技');
  await client.send('Input.imeSetComposition', { text: 'you', selectionStart: 3, selectionEnd: 3 });
  await client.send('Input.insertText', { text: '有限公司' });
  await page.getByRole('textbox', { name: 'Last Name', exact: true }).fill('李');
  await page.keyboard.press('Control+Enter');
  await until(async () => (await query(page, 'SELECT COUNT() FROM Lead')).totalSize === 1, 'the record');
  assert.deepEqual((({ Company, LastName }) => [Company, LastName])(await one(page, 'SELECT Company, LastName FROM Lead')), ['北京科技有限公司', '李']);
});

test('a field has the browser\'s own undo, paste, spell check and keyboard hints', { timeout: 90_000 }, async (t) => {
  const { page, field } = await openField(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await field.click();
  await page.keyboard.type('Acme');
  await page.evaluate(() => navigator.clipboard.writeText(' Räder 北京'));
  await page.keyboard.press('Control+v');
  await until(async () => (await field.inputValue()) === 'Acme Räder 北京', 'the paste', 5000);
  await page.keyboard.press('Control+z');
  await until(async () => (await field.inputValue()) === 'Acme', 'the field\'s own undo', 5000);
  await page.keyboard.press('Control+Shift+z');
  await until(async () => (await field.inputValue()) === 'Acme Räder 北京', 'the field\'s own redo', 5000);
  assert.equal(await field.getAttribute('dir'), 'auto');
  assert.equal(await field.getAttribute('spellcheck'), 'true');
  assert.equal(await field.getAttribute('enterkeyhint'), 'done');
  const email = page.getByRole('textbox', { name: 'Email', exact: true });
  assert.deepEqual([await email.getAttribute('inputmode'), await email.getAttribute('spellcheck'), await email.getAttribute('autocomplete')], ['email', 'false', 'off']);
  assert.equal(await page.getByRole('textbox', { name: 'Phone', exact: true }).getAttribute('inputmode'), 'tel');
});

test('what is typed on a closed list opens it and is looked for, from the first letter on', { timeout: 60_000 }, async (t) => {
  const { page, address } = await open(t);
  for (const name of ['Clearwater', '1st Choice']) await create(page, 'Account', { Name: name });
  await page.goto(`${address}#/o/Contact/new`);
  const account = page.getByRole('combobox', { name: 'Account', exact: true });
  for (const name of ['Clearwater', '1st Choice']) {
    await account.focus();
    await page.keyboard.type(name);   // as fast as keys can come
    assert.equal(await page.evaluate(() => document.activeElement.value), name);
    await page.getByRole('option', { name, exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await until(async () => (await account.textContent()) === name, name);
  }
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('text is dropped into a field, a file anywhere opens the import', { timeout: 90_000 }, async (t) => {
  const { page, field, address } = await openField(t);
  const box = await field.boundingBox();
  const client = await page.context().newCDPSession(page);
  const drop = async (x, y, data) => {
    for (const type of ['dragEnter', 'dragOver', 'drop']) await client.send('Input.dispatchDragEvent', { type, x, y, data });
  };
  await drop(box.x + 20, box.y + box.height / 2, { items: [{ mimeType: 'text/plain', data: 'Dropped Ltd' }], dragOperationsMask: 1 });
  await until(async () => (await field.inputValue()) === 'Dropped Ltd', 'the dropped text', 5000);
  await field.fill('');

  await page.goto(`${address}#/o/Account`);
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  await page.locator('#mirror').evaluate((target) => {
    const data = new DataTransfer();
    data.items.add(new File(['Account Name,Phone\nAcme,1\nBeta,2\n'], 'accounts.csv', { type: 'text/csv' }));
    for (const type of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
  });
  await page.getByRole('button', { name: 'Check the values' }).waitFor();
  assert.match(page.url(), /#\/import/);
});

test('copy gives the focused cell\'s text, and a value offers Copy to the right button', { timeout: 90_000 }, async (t) => {
  const app = await open(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = app;
  const id = await create(page, 'Account', { Name: 'Acme', Phone: '+41 44 555', Industry: 'Energy' });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.goto(`${app.address}#/o/Account`);
  await page.locator('[role=gridcell][tabindex="0"]').focus();
  await page.keyboard.press('Control+c');
  await until(async () => (await clipboard()) === 'Acme', 'the cell\'s text', 5000);

  await page.goto(`${app.address}#/r/${id}`);
  await page.getByRole('heading', { name: 'Acme', level: 1 }).waitFor();   // the list shows the number as well
  const value = page.getByRole('main').getByText('+41 44 555').first();
  const box = await until(() => value.boundingBox(), 'its place');
  await page.mouse.click(box.x + 8, box.y + box.height / 2, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy' }).click();
  await until(async () => (await clipboard()) === '+41 44 555', 'the value', 5000);
});

test('links open in a new tab by Ctrl and the middle button', { timeout: 90_000 }, async (t) => {
  const app = await open(t);
  const { page } = app;
  const id = await create(page, 'Account', { Name: 'Acme' });
  await page.goto(`${app.address}#/o/Account`);
  const link = page.getByRole('link', { name: 'Acme', exact: true });
  await link.waitFor();
  for (const options of [{ button: 'middle' }, { modifiers: ['Control'] }]) {
    const popup = page.context().waitForEvent('page');
    await link.click(options);
    const tab = await popup;
    await until(() => tab.url().endsWith(`#/r/${id}`), 'the record\'s address in the new tab', 8000);
    assert.ok(page.url().endsWith('#/o/Account'), 'this tab stays');
    await tab.close();
  }
});

// Counts what wakes the page: display frames that it asks for, timers that it sets.
const countWakes = () => {
  window.wakes = { frames: 0, timers: 0 };
  const { requestAnimationFrame: frame, setTimeout: timeout, setInterval: interval } = window;
  window.requestAnimationFrame = (f) => { window.wakes.frames++; return frame(f); };
  window.setTimeout = (...values) => { window.wakes.timers++; return timeout(...values); };
  window.setInterval = (...values) => { window.wakes.timers++; return interval(...values); };
};

test('a page where nothing happens asks for no frame and sets no timer', { timeout: 120_000 }, async (t) => {
  const app = await open(t, { open: false });
  const { page } = app;
  await page.addInitScript(countWakes);
  await page.goto(app.address);
  await page.getByRole('button', { name: /sample data/i }).first().click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Lead')).totalSize > 0, 'the sample data');
  for (const path of ['#/', '#/o/Account', '#/o/Opportunity/board', '#/settings']) {
    await page.goto(app.address + path);
    await page.waitForTimeout(9000);  // toasts end, writes rest
    const before = await page.evaluate(() => ({ ...window.wakes }));
    await page.waitForTimeout(4000);
    const after = await page.evaluate(() => ({ ...window.wakes }));
    assert.deepEqual([after.frames - before.frames, after.timers - before.timers], [0, 0], path);
  }
});

test('what is typed, pressed and scrolled is on the screen with the next display frame', { timeout: 90_000 }, async (t) => {
  const app = await open(t);
  const { page } = app;
  const commands = Array.from({ length: 300 }, (_, i) => ({ command: 'CreateRecord', object: 'Account', fields: { Name: `Account ${i}` } }));
  assert.equal((await execute(page, { command: 'Batch', commands })).ok, true);
  await page.goto(`${app.address}#/o/Account`);
  await page.getByRole('grid').waitFor();
  await page.waitForTimeout(1500);
  // A wheel's turn, as the page gets it; then how many display frames pass until the canvas is drawn anew.
  const frames = await page.evaluate(async () => {
    const gl = document.getElementById('canvas').getContext('webgl2');
    const draw = gl.drawElements.bind(gl);
    let drawn = false;
    gl.drawElements = (...values) => { drawn = true; return draw(...values); };
    const grid = document.querySelector('[role=grid]'), box = grid.getBoundingClientRect();
    const at = { clientX: box.left + 200, clientY: box.top + 200, bubbles: true, cancelable: true, pointerType: 'mouse', pointerId: 1 };
    grid.dispatchEvent(new PointerEvent('pointermove', at));
    await new Promise((done) => setTimeout(done, 500));
    const counts = [];
    for (let i = 0; i < 5; i++) {
      drawn = false;
      grid.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: 100 }));
      let count = 0;
      while (!drawn && count < 10) { await new Promise((done) => requestAnimationFrame(done)); count++; }
      counts.push(count);
      await new Promise((done) => setTimeout(done, 300));
    }
    return counts;
  });
  assert.ok(frames.every((count) => count <= 1), `display frames until drawn: ${frames}`);
});

test('what is typed under one kind of activity goes on under another, and Ctrl Enter logs it', { timeout: 60_000 }, async (t) => {
  const app = await open(t);
  const { page } = app;
  const made = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'Roll' } });
  await page.goto(`${app.address}#/r/${made.id}`);
  await page.getByRole('tab', { name: 'Call' }).click();
  await page.getByRole('textbox', { name: 'What was said?' }).click();
  await page.keyboard.type('They want two');
  await page.getByRole('tab', { name: 'Email' }).click();
  const text = page.getByRole('textbox', { name: 'What was written?' });
  await until(() => text.evaluate((element) => element === document.activeElement), 'the text field');
  await page.keyboard.type(' of them');
  await page.keyboard.press('Control+Enter');
  await until(async () => (await query(page, "SELECT Description FROM Task WHERE Type = 'Email'")).records[0]?.Description === 'They want two of them', 'the logged e-mail');
});

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const focusedName = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label'));

test('a field that is typed into keeps its text, focus and caret when the phone is turned, and when the browser can\'t move it so', { timeout: 90_000 }, async (t) => {
  for (const moves of [true, false]) {
    const app = await open(t, { ...phone, open: false });
    const { page } = app;
    if (!moves) await page.addInitScript(() => { delete Element.prototype.moveBefore; });
    await page.goto(`${app.address}#/o/Account/new`);
    const field = page.getByRole('textbox', { name: 'Account Name', exact: true });
    await field.tap();
    await page.keyboard.type('Grand Hotel');
    await page.keyboard.press('ArrowLeft');
    for (const [width, height] of [[844, 390], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(700);
      assert.equal(await focusedName(page), 'Account Name');
      assert.equal(await field.inputValue(), width > height ? 'Grand Hotel' : 'Grand Hotexl');
      assert.equal(await field.evaluate((element) => element.selectionStart), width > height ? 10 : 11);
      if (width > height) await page.keyboard.type('x');
    }
  }
});

test('a tap on a menu goes no further: the form that it opens has the focus where that begins', { timeout: 60_000 }, async (t) => {
  const app = await open(t, phone);
  const { page } = app;
  await page.getByRole('button', { name: 'New record' }).tap();
  const entry = page.getByRole('menuitem', { name: 'New lead' });
  await entry.waitFor();
  await page.waitForTimeout(300);
  // A finger's tap as a device sends it, with the mouse events that follow.
  const box = await entry.boundingBox();
  const client = await page.context().newCDPSession(page);
  const at = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at });
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('textbox', { name: 'First Name', exact: true }).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await focusedName(page), 'First Name');
});
