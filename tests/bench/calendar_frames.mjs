// What a frame of the calendar costs with thousands of items in one month: day, week and agenda are scrolled, the month
// and the week paged.
//   OUTPOST_SITE=build/site node tests/bench/calendar_frames.mjs [items]     a number that depends on the machine: no test
import { execute, openApp, ready } from '../e2e/support.mjs';
import { measure } from './frame_times.mjs';

const items = Number(process.argv[2] ?? 5000);

const app = await openApp({ open: false, timezoneId: 'UTC' });
const { page } = app;
try {
  await page.goto(app.address);
  await ready(page);
  const commands = Array.from({ length: items }, (_, i) => {
    const start = new Date(Date.UTC(2026, 11, 1 + (i % 31), 7, (i % 40) * 15));
    return i % 5 === 0 ? { command: 'CreateRecord', object: 'Task', fields: { Subject: `Task ${i}`, ActivityDate: start.toISOString().slice(0, 10) } }
      : { command: 'CreateRecord', object: 'Event', fields: { Subject: `Event ${i}`, StartDateTime: start.toISOString(), EndDateTime: new Date(start.getTime() + 1_800_000).toISOString() } };
  });
  if (!(await execute(page, { command: 'Batch', commands })).ok) throw new Error('the items were refused');
  for (const view of ['day', 'week', 'agenda']) {
    await page.goto(`${app.address}#/calendar?view=${view}&date=2026-12-08`);
    await page.getByRole('button', { name: /^(Event|Task) \d+/ }).first().waitFor();
    await page.mouse.move(640, 500);
    for (const round of ['down', 'up'])
      await measure(page, `${view}, scrolled ${round}`, async () => {
        for (let i = 0; i < 80; i++) { await page.mouse.wheel(0, round === 'up' ? -40 : 40); await page.waitForTimeout(10); }
      });
  }
  for (const view of ['week', 'month']) {
    await page.goto(`${app.address}#/calendar?view=${view}&date=2026-12-08`);
    await page.getByRole('button', { name: /^(Event|Task) \d+/ }).first().waitFor();
    await measure(page, `${view}, paged`, async () => {
      for (let i = 0; i < 30; i++) { await page.keyboard.press(i % 6 < 3 ? 'j' : 'k'); await page.waitForTimeout(60); }
    });
  }
} finally {
  await app.close();
}
