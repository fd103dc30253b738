// Segments through the page, by role and name: ticked rows go into a new one on a laptop and on a phone, its page leads to
// the list of its members, where they leave it again; all of it is there after a reload.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, hands, openApp, query, until } from './support.mjs';

for (const [name, context] of [
  ['a laptop', { viewport: { width: 1440, height: 900 } }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
])
  test(`segments: made from a list, looked at and left on ${name}`, { timeout: 120_000 }, async (t) => {
    const app = await openApp(context);
    t.after(() => app.close().catch(() => {}));
    const { page } = app;
    for (const LastName of ['Ann', 'Bob', 'Cyd']) assert.equal((await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName, Company: 'Fair' } })).ok, true);
    const { press, named, button, field, pressUntil } = hands(page, context.hasTouch);
    const members = async () => (await query(page, "SELECT Id FROM SegmentMember WHERE Segment.Name = 'Guests'")).totalSize;
    const dialog = page.getByRole('dialog');
    const tick = async (...leads) => {
      if (context.isMobile) {
        await button('List menu');
        await press(named('menuitem', 'Select records'));
      }
      for (const lead of leads) await press(named('checkbox', `Select ${lead}`));
    };
    await page.goto(`${app.address}#/o/Lead?sort=Name`);
    await tick('Ann', 'Bob');
    await pressUntil(named('button', 'Add to segment'), () => dialog.count(), 'the choice');
    await dialog.getByText('2 records will be added').waitFor();
    await field('Name of the new segment').fill('Guests');
    await pressUntil(named('button', 'Save', dialog), async () => await members() === 2, 'the members');
    await until(async () => await dialog.count() === 0, 'the list');
    await page.waitForTimeout(300);

    await page.goto(`${app.address}#/o/Segment`);
    await press(named('link', /Guests/));
    await press(named('link', 'Leads in the segment'));
    await until(async () => await page.getByRole('link', { name: /Ann/ }).count() > 0 && await page.getByRole('link', { name: /Cyd/ }).count() === 0, 'its leads');
    await page.reload();
    await until(async () => await page.getByRole('link', { name: /Ann/ }).count() > 0 && await page.getByRole('link', { name: /Cyd/ }).count() === 0, 'its leads after a reload');
    await tick('Ann');
    await pressUntil(named('button', 'Remove from segment'), async () => await members() === 1, 'who left');
    await pressUntil(named('button', 'Undo'), async () => await members() === 2, 'the undo');
    await app.close();
  });
