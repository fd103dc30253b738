// The task feed, the next task and reminders through the page, by role and name: keys, mouse and touch; reminders that fall
// due while somebody types, while the page is closed, and in the background.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, makeProfile, openApp, query, ready, site, steadyPlace, until } from './support.mjs';

const pause = (milliseconds = 150) => new Promise((done) => setTimeout(done, milliseconds));
const wednesday = new Date('2026-11-25T10:00:00Z');

// The page at a fixed day: what a week still has is not the test's luck.
async function openOn(time, options = {}) {
  const app = await openApp({ open: false, ...options });
  await app.page.clock.setFixedTime(time);
  await app.page.goto(app.address + (options.path ?? ''));
  await ready(app.page);
  return app;
}

async function make(page, object, fields) {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
}
const task = (page, Subject, ActivityDate, more = {}) => make(page, 'Task', { Subject, ...(ActivityDate && { ActivityDate }), ...more });
const dueOf = async (page, subject) => (await query(page, `SELECT ActivityDate FROM Task WHERE Subject = '${subject}'`)).records[0].ActivityDate ?? null;
const openCount = async (page) => (await query(page, 'SELECT Id FROM Task WHERE IsClosed = false')).totalSize;

test('task feed: keys, a drag to another group, ticked tasks, undo; the question answers the same', { timeout: 180_000 }, async (t) => {
  const app = await openOn(wednesday, { viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await task(page, 'Late', '2026-11-20');
  await task(page, 'Quote', '2026-11-25', { Priority: 'High' });
  await task(page, 'Visit', '2026-11-25');
  await task(page, 'Report', '2026-11-26', { Recurrence2PatternText: 'FREQ=WEEKLY' });
  await page.getByRole('link', { name: 'Tasks', exact: true }).click();
  await page.getByRole('group', { name: 'Overdue, 1 task' }).waitFor();
  await page.getByRole('link', { name: 'Late' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');   // Quote, the first of today: its priority is high
  await until(async () => (await openCount(page)) === 3, 'the completion');
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await openCount(page)) === 4, 'the undo');
  await page.getByRole('link', { name: 'Late' }).focus();
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'Pick a date…' }).click();
  await page.getByRole('textbox', { name: 'Day' }).fill('2026-12-24');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await until(async () => (await dueOf(page, 'Late')) === '2026-12-24', 'the other day');
  // Dragged onto the heading of a group.
  const from = await steadyPlace(page.getByRole('link', { name: 'Visit' }));
  const to = await steadyPlace(page.getByRole('heading', { name: 'Later this week' }));
  await page.mouse.move(from.x + 300, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 300, to.y + to.height / 2, { steps: 8 });
  await pause();
  await page.mouse.up();
  await until(async () => (await dueOf(page, 'Visit')) === '2026-11-27', 'the drag');
  for (const name of ['Quote', 'Report']) {
    await page.getByRole('link', { name }).focus();
    await page.keyboard.press('x');
  }
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Snooze', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Next week' }).click();
  await until(async () => (await dueOf(page, 'Quote')) === '2026-11-30', 'the ticked ones');
  assert.equal((await query(page, "SELECT Id FROM Task WHERE Subject = 'Report'")).totalSize, 2);   // one occurrence, the series goes on
  await page.keyboard.press('Control+z');
  await until(async () => (await dueOf(page, 'Quote')) === '2026-11-25', 'one undo');
  const answer = await page.evaluate(() => window.outpost.call('taskFeed', {}));
  assert.deepEqual(answer.groups.map(({ group, tasks }) => [group, ...tasks.map(({ subject }) => subject)]),
    [['overdue'], ['today', 'Quote'], ['tomorrow', 'Report'], ['thisWeek', 'Visit'], ['later', 'Late'], ['noDate']]);
  await app.close();
});

test('next task: goes from one to the next and says how far it is', { timeout: 120_000 }, async (t) => {
  const app = await openOn(wednesday);
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const contact = await make(page, 'Contact', { LastName: 'Smith', FirstName: 'Ann', Phone: '+1 555 0100' });
  await task(page, 'Call back', '2026-11-24', { WhoId: contact });
  await task(page, 'Quote', '2026-11-25');
  await task(page, 'Visit', '2026-12-25');
  await page.goto(`${app.address}#/o/Task/feed`);
  await page.getByRole('button', { name: 'Next task' }).click();
  await page.getByText('1 of 2', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Ann Smith', exact: true }).waitFor();
  await page.keyboard.press('e');
  await page.getByText('2 of 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByText('1 completed, 0 moved, 1 skipped.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  await until(async () => (await openCount(page)) === 2 && page.url().endsWith('#/o/Task/feed'), 'the feed');
  await app.close();
});

test('task feed: on a phone by touch, in Chinese', { timeout: 120_000 }, async (t) => {
  const app = await openOn(wednesday, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await task(page, '报价', '2026-11-24');
  await task(page, '拜访', '2026-11-25');
  await page.getByRole('link', { name: '任务', exact: true }).tap();
  await page.getByRole('button', { name: '推迟：报价' }).tap();
  const tomorrow = page.getByRole('menuitem', { name: '明天' });
  await steadyPlace(tomorrow);
  await tomorrow.tap();
  await until(async () => (await dueOf(page, '报价')) === '2026-11-26', 'the snooze');
  await steadyPlace(page.getByRole('checkbox', { name: /拜访/ }));
  await page.getByRole('checkbox', { name: /拜访/ }).tap();
  await until(async () => (await openCount(page)) === 1, 'the completion');
  // A long press takes a task, which is let go over another group.
  const from = await steadyPlace(page.getByRole('link', { name: '报价' }));
  const to = await steadyPlace(page.getByRole('heading', { name: '今天' }));
  const session = await page.context().newCDPSession(page);
  const touch = (type, x, y) => session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await touch('touchStart', from.x + 150, from.y + 20);
  await pause(800);
  for (let i = 1; i <= 8; ++i) {
    await touch('touchMove', from.x + 150, from.y + 20 + ((to.y + 8 - from.y - 20) * i) / 8);
    await pause(50);
  }
  await touch('touchEnd');
  await until(async () => (await dueOf(page, '报价')) === '2026-11-25', 'the drag');
  await page.getByRole('button', { name: '列表', exact: true }).tap();
  await until(() => page.url().endsWith('#/o/Task'), 'the list');
  await app.close();
});

test('reminders: one that falls due while somebody types stands aside, is snoozed, and comes back after a reload', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await page.goto(`${app.address}#/o/Lead/new`);
  const field = page.getByRole('textbox', { name: 'Last name' });
  await field.fill('Mey');
  const notice = page.getByRole('alertdialog', { name: 'Reminders' });
  await task(page, 'Ring Ann', null, { ReminderDateTime: new Date(Date.now() + 1500).toISOString() });
  assert.equal(await notice.count(), 0);
  await notice.waitFor({ timeout: 10_000 });
  await page.keyboard.type('er');
  assert.equal(await field.inputValue(), 'Meyer');
  await notice.getByRole('button', { name: 'Snooze' }).click();
  await page.getByRole('menuitem', { name: 'In 10 minutes' }).click();
  await until(async () => (await notice.count()) === 0, 'the notice to go');
  const { next, due } = await page.evaluate(() => window.outpost.call('reminders'));
  assert.equal(due.length, 0);
  assert.ok(Date.parse(next) > Date.now() + 8 * 60_000);
  // Ten minutes later, opened anew.
  await page.clock.setFixedTime(new Date(Date.parse(next) + 1000));
  await page.goto(`${app.address}#/settings`);
  await page.reload();
  await ready(page);
  await notice.getByRole('heading', { name: 'Ring Ann' }).waitFor();
  await notice.getByRole('button', { name: 'Done' }).click();
  await until(async () => (await openCount(page)) === 0, 'the completion');
  await page.reload();
  await ready(page);
  await pause(500);
  assert.equal(await notice.count(), 0);
  await app.close();
});

test('reminders: what fell due while the page was closed waits, many of them together', { timeout: 120_000 }, async (t) => {
  const profile = await makeProfile();
  const server = await startServer(site);
  t.after(async () => { await server.close(); await profile.remove(); });
  const first = await openOn(wednesday, { profile, server });
  for (let i = 0; i < 7; ++i) await task(first.page, `Call ${i}`, '2026-11-26', { ReminderDateTime: `2026-11-26T0${i}:00:00Z` });
  await first.page.evaluate(() => window.outpost.call('compact'));
  await first.close();
  const app = await openOn(new Date('2026-11-27T09:00:00Z'), { profile, server, path: '#/settings' });
  t.after(() => app.close().catch(() => {}));
  const notice = app.page.getByRole('alertdialog', { name: 'Reminders' });
  await notice.getByRole('heading', { name: '7 reminders while you were away' }).waitFor();
  await notice.getByRole('button', { name: 'Dismiss all' }).click();
  await until(async () => (await notice.count()) === 0, 'the notice to go');
  await app.page.keyboard.press('Control+z');
  await notice.waitFor();
  await app.close();
});

test('reminders: a notification of the system for who switched them on, while the page is in the background', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ permissions: ['notifications'] });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  // What the page has the system show: whether a browser without a desktop keeps it is not the page's doing.
  await page.addInitScript(() => {
    Document.prototype.hasFocus = () => false;
    const { showNotification } = ServiceWorkerRegistration.prototype;
    globalThis.shownNotifications = [];
    ServiceWorkerRegistration.prototype.showNotification = async function show(title, options) {
      await showNotification.call(this, title, options);
      globalThis.shownNotifications.push({ title, data: options.data, tag: options.tag });
    };
  });
  await page.goto(`${app.address}#/settings`);
  await page.reload();
  await ready(page);
  const on = page.getByRole('switch', { name: 'Notifications' });
  await on.click();
  await until(async () => (await on.getAttribute('aria-checked')) === 'true', 'the switch');
  await until(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)), 'the service worker');
  const id = await task(page, 'Ring Ann', null, { ReminderDateTime: new Date(Date.now() + 1000).toISOString() });
  const shown = await until(() => page.evaluate(() => globalThis.shownNotifications.length > 0 && globalThis.shownNotifications), 'the notification', 15_000);
  assert.deepEqual(shown, [{ title: 'Ring Ann', data: `#/r/${id}`, tag: id }]);
  // What the worker tells the page when it is pressed.
  await page.evaluate((route) => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { route } })), `#/r/${id}`);
  await page.getByRole('heading', { name: 'Ring Ann' }).first().waitFor();
  await app.close();
});
