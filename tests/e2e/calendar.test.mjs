// The calendar through the page, by role and name: dragging, resizing, keys and dialogs on a desktop, taps on a phone, a
// weekly time that stays what it is across a change of clocks, and thousands of items in a month.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, steadyPlace, until } from './support.mjs';

const pause = (milliseconds = 150) => new Promise((done) => setTimeout(done, milliseconds));

async function make(page, object, fields) {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
}
const event = (page, Subject, StartDateTime, EndDateTime, more = {}) => make(page, 'Event', { Subject, StartDateTime, EndDateTime, ...more });
const times = async (page, subject) => {
  const { records } = await query(page, `SELECT StartDateTime, EndDateTime FROM Event WHERE Subject = '${subject}'`);
  return records.map((each) => `${each.StartDateTime.slice(0, 16)} ${each.EndDateTime.slice(11, 16)}`).join(', ');
};

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await pause();
  await page.mouse.down();
  await pause();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await pause();
  await page.mouse.up();
}

test('calendar: events are made, moved and made longer by the mouse, and undone', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ timezoneId: 'Europe/Berlin' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await event(page, 'Call', '2026-12-08T09:00:00Z', '2026-12-08T10:00:00Z');   // 10:00 in Berlin
  await page.goto(`${app.address}#/calendar?view=week&date=2026-12-08`);
  const call = page.getByRole('button', { name: /^Call, 10:00\sAM to 11:00\sAM/ });
  const box = await steadyPlace(call);
  const hour = box.height + 2;   // an event leaves a pixel above and below
  // An hour later, on the next day.
  await drag(page, { x: box.x + 20, y: box.y + 10 }, { x: box.x + 20 + box.width + 6, y: box.y + 10 + hour });
  await until(async () => (await times(page, 'Call')) === '2026-12-09T10:00 11:00', 'the move');
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await times(page, 'Call')) === '2026-12-08T09:00 10:00', 'the undo');
  const again = await steadyPlace(call);
  await drag(page, { x: again.x + 20, y: again.y + again.height - 3 }, { x: again.x + 20, y: again.y + again.height - 3 + hour / 2 });
  await until(async () => /^2026-12-08T09:00 10:(30|45)$/.test(await times(page, 'Call')), 'the longer event');
  // Over empty time: a new one of two hours.
  const start = { x: again.x + 20, y: again.y + 3 * hour + 4 };
  await drag(page, start, { x: start.x, y: start.y + 2 * hour - 12 });
  await page.getByRole('textbox', { name: 'Subject' }).fill('Workshop');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await until(async () => (await times(page, 'Workshop')) === '2026-12-08T12:00 14:00', 'the new event');
  // What repeats asks how far a change goes.
  await page.getByRole('button', { name: /^Workshop/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('combobox', { name: 'Repeats' }).click();
  await page.getByRole('option', { name: 'Every week on Tue' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await until(async () => (await query(page, 'SELECT Id FROM Event WHERE Recurrence2PatternText != null')).totalSize === 1, 'the rule');
  await page.goto(`${app.address}#/calendar?view=week&date=2027-06-15`);
  // Summer time: still one o'clock on the wall.
  await page.getByRole('button', { name: /^Workshop, 1:00\sPM to 3:00\sPM, repeats/ }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('radio', { name: 'This and all that follow' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await until(async () => /UNTIL=20270614/.test((await query(page, 'SELECT Recurrence2PatternText FROM Event WHERE Recurrence2PatternText != null')).records[0].Recurrence2PatternText), 'the end of the series');
  await app.close();
});

test('calendar: dragged to the strip an event takes all day, and back its hours; several days are pressed over; keys keep the focus', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ timezoneId: 'UTC' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await event(page, 'Fair', '2026-12-08T10:00:00Z', '2026-12-08T11:00:00Z');
  await page.goto(`${app.address}#/calendar?view=week&date=2026-12-08`);
  const timed = page.getByRole('button', { name: /^Fair, 10:00\sAM/ });
  const box = await steadyPlace(timed);
  const strip = await page.getByRole('button', { name: /^New all-day event on Tue/ }).boundingBox();
  await drag(page, { x: box.x + 20, y: box.y + 10 }, { x: strip.x + strip.width / 2, y: strip.y + strip.height / 2 });
  const state = async () => (await query(page, "SELECT IsAllDayEvent, StartDateTime FROM Event WHERE Subject = 'Fair'")).records.map((one) => `${one.IsAllDayEvent} ${one.StartDateTime.slice(0, 16)}`).join();
  await until(async () => (await state()) === 'true 2026-12-08T00:00', 'the all-day event');
  const chip = await steadyPlace(page.getByRole('button', { name: 'Fair, All day' }));
  await drag(page, { x: chip.x + 20, y: chip.y + 10 }, { x: box.x + 20, y: box.y + 4 });
  await until(async () => /^false 2026-12-08T/.test(await state()), 'its hours again');
  // By keys, from day to day and beyond the week, without losing it.
  const hourNow = (await state()).slice(17, 22);   // the hours may have scrolled while it was carried
  await page.getByRole('button', { name: /^Fair, \d/ }).focus();
  const focusOnIt = () => page.evaluate(() => /^Fair, /.test(document.activeElement.textContent));
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Control+ArrowRight');
    await until(async () => (await state()) === `false 2026-12-${String(9 + i).padStart(2, '0')}T${hourNow}`, `day ${i + 1}`);
    await until(focusOnIt, 'the focus on it');
  }
  await page.keyboard.press('Control+z');
  await until(async () => (await state()) === `false 2026-12-12T${hourNow}`, 'the last day undone');
  await until(focusOnIt, 'the focus on it where it was');
  await page.keyboard.press('Control+ArrowRight');
  await until(async () => (await state()) === `false 2026-12-13T${hourNow}`, 'the last day again');
  await until(focusOnIt, 'the focus on it again');
  await page.keyboard.press('Control+ArrowDown');
  await until(async () => (await state()) > `false 2026-12-13T${hourNow}`, 'a quarter later');
  // Over two days of the strip.
  const free = (day) => page.getByRole('button', { name: new RegExp(`^New all-day event on ${day}`) });
  const [from, to] = [await steadyPlace(free('Mon')), await free('Wed').boundingBox()];
  await drag(page, { x: from.x + 20, y: from.y + from.height - 8 }, { x: to.x + 20, y: to.y + to.height - 8 });
  await page.getByRole('textbox', { name: 'Subject' }).fill('Trip');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await until(async () => (await query(page, "SELECT Id FROM Event WHERE Subject = 'Trip' AND IsAllDayEvent = true AND StartDateTime = 2026-12-14T00:00:00Z AND EndDateTime = 2026-12-16T00:00:00Z")).totalSize === 1, 'three days');
  await app.close();
});

test('calendar: on a phone by touch, in Chinese', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  // The day it is there: for a third of the day that is not the day it is in UTC.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  // Near the present hour, which the calendar opens with in sight.
  const hour = Math.min(20, Math.max(9, Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', hour: 'numeric', hourCycle: 'h23' }).format(new Date()))));
  await event(page, '拜访', `${today}T${String(hour - 8).padStart(2, '0')}:00:00Z`, `${today}T${String(hour - 7).padStart(2, '0')}:00:00Z`);
  await page.goto(`${app.address}#/calendar`);
  await page.getByRole('button', { name: new RegExp(`^拜访，0?${hour}:00 至 ${hour + 1}:00`) }).waitFor();
  await page.getByRole('radio', { name: '月' }).or(page.getByRole('tab', { name: '月' })).or(page.getByRole('button', { name: '月', exact: true })).first().tap();
  await page.getByRole('button', { name: /，1 项$/ }).first().waitFor();
  const item = page.getByRole('button', { name: /^拜访/ });
  await steadyPlace(item);
  await item.tap();
  await page.getByRole('button', { name: '删除', exact: true }).tap();
  await until(async () => (await query(page, 'SELECT Id FROM Event')).totalSize === 0, 'the deletion');
  await app.close();
});

test('calendar: a long press takes an event to another hour, a finger that moves at once scrolls', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true, timezoneId: 'Europe/Berlin' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await event(page, 'Call', '2026-12-08T09:00:00Z', '2026-12-08T10:00:00Z');   // 10:00 in Berlin
  await page.goto(`${app.address}#/calendar?view=day&date=2026-12-08`);
  const session = await page.context().newCDPSession(page);
  const touch = (type, x, y) => session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  // Down by so many pixels, after a rest.
  const drag = async (rest, by) => {
    const box = await steadyPlace(page.getByRole('button', { name: /^Call, / }));
    const [x, y] = [box.x + 60, box.y + 20];
    await Promise.all([touch('touchStart', x, y), ...(rest === 0 ? [touch('touchMove', x, y + by / 8)] : [])]);
    await pause(rest);
    for (let i = 1; i <= 8; ++i) {
      await touch('touchMove', x, y + (by * i) / 8);
      await pause(50);
    }
    await pause(200);
    await touch('touchEnd');
    return box.height + 2;
  };
  const hour = await drag(0, -80);
  await pause(1200);   // the list runs out
  assert.equal(await times(page, 'Call'), '2026-12-08T09:00 10:00');
  await drag(800, hour);
  await until(async () => (await times(page, 'Call')) === '2026-12-08T10:00 11:00', 'the event an hour later');
  await page.getByRole('button', { name: 'Undo' }).tap();
  await until(async () => (await times(page, 'Call')) === '2026-12-08T09:00 10:00', 'the undo');
  await app.close();
});

test('calendar: the page and the system agree on recurring times in many zones', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ timezoneId: 'America/New_York' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const zones = ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Shanghai', 'Pacific/Auckland', 'Europe/London'];
  for (const zone of zones) {
    await execute(page, { command: 'CreateRecord', object: 'Event', fields: { Subject: zone, StartDateTime: '2026-01-05T09:00:00Z', EndDateTime: '2026-01-05T09:30:00Z',
      Recurrence2PatternText: 'FREQ=DAILY;COUNT=280', Recurrence2PatternTimeZone: zone } });
  }
  const { items } = await page.evaluate(() => globalThis.outpost.call('calendar', { from: '2026-01-01', to: '2026-12-31' }));
  assert.ok(items.length >= 2000, `${items.length} items`);
  const wall = (zone, instant) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
  for (const { subject, start } of items) assert.equal(wall(subject, start), wall(subject, '2026-01-05T09:00:00Z'), `${subject} ${start}`);
  await app.close();
});

test('calendar: thousands of items in a month', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ timezoneId: 'UTC' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const commands = Array.from({ length: 5000 }, (_, i) => {
    const start = new Date(Date.UTC(2026, 11, 1, 7, (i % 40) * 15) + Math.floor(i / 170) * 86_400_000);
    return { command: 'CreateRecord', object: 'Event', fields: { Subject: `Event ${i}`, StartDateTime: start.toISOString(), EndDateTime: new Date(start.getTime() + 1_800_000).toISOString() } };
  });
  assert.equal((await execute(page, { command: 'Batch', commands })).ok, true);
  for (const view of ['month', 'week', 'agenda']) {
    await page.goto(`${app.address}#/calendar?view=${view}&date=2026-12-01`);
    await page.getByRole('button', { name: /^Event \d+/ }).first().waitFor();
  }
  await app.close();
});
