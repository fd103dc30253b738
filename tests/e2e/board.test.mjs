// The opportunity board through the page: totals, moving a card by keyboard and by mouse, undo.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, steadyPlace, until } from './support.mjs';

const stageOf = async (page, name) => (await query(page, `SELECT StageName FROM Opportunity WHERE Name = '${name}'`)).records[0].StageName;

test('board: lanes with totals, cards move by keyboard and by mouse, undo brings them back', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  for (const [Name, Amount, StageName] of [['Big deal', 1200.5, 'Prospecting'], ['Small deal', 99.5, 'Prospecting'], ['Late deal', 10, 'Qualification']]) {
    const answer = await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name, Amount, StageName, CloseDate: '2027-03-31' } });
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }
  await page.goto(`${app.address}#/o/Opportunity/board`);
  const lane = (name) => page.getByRole('group', { name: new RegExp(`^${name}, `) });
  await until(async () => /2 records, \$1,300\.00/.test(await lane('Prospecting').getAttribute('aria-label') ?? await lane('Prospecting').textContent()), 'the lane totals');

  const card = page.getByRole('link', { name: /^Big deal/ });
  await card.focus();
  await page.keyboard.press('Control+ArrowRight');
  await until(async () => (await stageOf(page, 'Big deal')) === 'Qualification', 'the move by keyboard');
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await stageOf(page, 'Big deal')) === 'Prospecting', 'the undo');

  const pause = () => new Promise((done) => setTimeout(done, 150));
  const from = await steadyPlace(page.getByRole('link', { name: /^Small deal/ }));
  const to = await steadyPlace(lane('Needs Analysis'));
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await pause();
  await page.mouse.down();
  await pause();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await pause();
  await page.mouse.up();
  await until(async () => (await stageOf(page, 'Small deal')) === 'Needs Analysis', 'the move by mouse');
  const { records } = await query(page, "SELECT Probability, ForecastCategory FROM Opportunity WHERE Name = 'Small deal'");
  assert.equal(records[0].Probability, 20);
  await app.close();
});

test('board: a card is carried to a lane far out of sight, by mouse and step by step by keyboard', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1000, height: 700 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  for (const Name of ['Carried', 'Walked']) await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name, Amount: 10, StageName: 'Prospecting', CloseDate: '2027-03-31' } });
  await page.goto(`${app.address}#/o/Opportunity/board`);
  const pause = (milliseconds = 150) => new Promise((done) => setTimeout(done, milliseconds));
  const lane = page.getByRole('group', { name: /^Negotiation\/Review, / });
  const from = await steadyPlace(page.getByRole('link', { name: /^Carried/ }));
  await page.mouse.move(from.x + 60, from.y + 30);
  await pause();
  await page.mouse.down();
  await pause();
  await page.mouse.move(500, 400, { steps: 4 });
  await page.mouse.move(990, 400, { steps: 6 });   // to the edge, where the board scrolls on
  const inSight = async () => { const box = await lane.boundingBox(); return box && box.x > 300 && box.x + box.width < 950 && box; };
  let box;   // as it was seen: the board scrolls on meanwhile
  await until(async () => (box = await inSight()), 'the far lane', 60_000);
  await page.mouse.move(box.x + box.width / 2, 400, { steps: 4 });
  await until(async () => (await page.getByRole('link', { name: /^Carried/ }).count()) === 0, 'its own lane out of sight');
  await page.mouse.up();
  await until(async () => (await stageOf(page, 'Carried')) === 'Negotiation/Review', 'the move');

  await page.mouse.wheel(-4000, 0);
  await page.getByRole('link', { name: /^Walked/ }).focus();
  const stages = ['Qualification', 'Needs Analysis', 'Value Proposition', 'Id. Decision Makers', 'Perception Analysis', 'Proposal/Price Quote', 'Negotiation/Review'];
  for (const stage of stages) {
    await page.keyboard.press('Control+ArrowRight');
    await until(async () => (await stageOf(page, 'Walked')) === stage, stage);
    await until(() => page.evaluate(() => /^Walked/.test(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')), `the focus at ${stage}`);
  }
  await app.close();
});

test('board: a card moves after a long press, a finger that moves at once scrolls', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  for (const [Name, StageName] of [['Big deal', 'Prospecting'], ['Small deal', 'Prospecting']]) {
    const answer = await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name, Amount: 10, StageName, CloseDate: '2027-03-31' } });
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }
  await page.goto(`${app.address}#/o/Opportunity/board`);
  const client = await page.context().newCDPSession(page);
  const send = (type, ...points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const middle = async (locator) => {
    await locator.waitFor();
    await pause(400);
    const box = await locator.boundingBox();
    return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 300)];
  };
  const drag = async (from, to, wait) => {
    await send('touchStart', from);
    await pause(wait);
    for (let step = 1; step <= 8; ++step) {
      await send('touchMove', [from[0] + ((to[0] - from[0]) * step) / 8, from[1] + ((to[1] - from[1]) * step) / 8]);
      await pause(30);
    }
    await pause(200);
    await send('touchEnd');
    await pause(300);
  };
  const lane = page.getByRole('group', { name: /^Qualification, / });
  await drag(await middle(page.getByRole('link', { name: /^Big deal/ })), await middle(lane), 0);
  assert.equal(await stageOf(page, 'Big deal'), 'Prospecting');
  await pause(1500);
  await drag(await middle(page.getByRole('link', { name: /^Small deal/ })), await middle(lane), 800);
  await until(async () => (await stageOf(page, 'Small deal')) === 'Qualification', 'the move after a long press');
  await app.close();
});

test('board: what nobody worked on for 45 days is marked as stalled, until a next step is planned', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const { id } = await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name: 'Quiet one', StageName: 'Prospecting', CloseDate: '2030-12-01', Amount: 100 } });
  await page.clock.setFixedTime(Date.now() + 45 * 86_400_000);
  await page.goto(`${app.address}#/o/Opportunity/board`);
  const card = page.getByRole('link', { name: /^Quiet one, .*no activity for 45 days$/ });
  await until(() => card.count(), 'the marked card');
  assert.equal(await page.getByRole('group', { name: /^Prospecting, .*1 stalled/ }).count(), 1);
  await page.goto(`${app.address}#/r/${id}`);
  const plan = page.getByRole('button', { name: 'Plan a next step' });
  await until(() => plan.count(), 'the offer of a next step');
  await plan.click();
  const subject = page.getByRole('textbox', { name: 'Task subject' });
  await subject.fill('Call back');
  await page.getByRole('button', { name: 'Add task' }).click();
  await until(async () => (await plan.count()) === 0, 'the line gone');
  await app.close();
});
