// The whole browser is killed (SIGKILL) in a storm of edits, again and again in one profile: every edit whose promise had
// resolved must be there afterwards, and no edit of several records may be torn.
// OUTPOST_KILLS says how often; fifty take some minutes.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, killBrowser, makeProfile, openApp, query, site } from './support.mjs';

const kills = Number(process.env.OUTPOST_KILLS ?? 4);

test(`acknowledged edits survive ${kills} kills of the browser`, { timeout: 60_000 + kills * 20_000 }, async () => {
  const server = await startServer(site);
  const profile = await makeProfile();
  const acknowledged = new Set();
  let next = 0;
  try {
    for (let round = 0; round <= kills; ++round) {
      const app = await openApp({ server, profile });
      const answer = await query(app.page, 'SELECT Name FROM Account');
      const stored = new Map();
      for (const { Name } of answer.records) stored.set(Name, (stored.get(Name) ?? 0) + 1);
      for (const name of acknowledged) assert.equal(stored.get(name), 2, `round ${round}: ${name} was acknowledged, ${stored.get(name) ?? 0} of its 2 records are there`);
      for (const [name, count] of stored) assert.equal(count, 2, `round ${round}: ${name} is torn`);
      if (round === kills) {
        const { ok } = await execute(app.page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'after all' } });
        assert.equal(ok, true);
        await app.close();
        break;
      }
      await app.page.exposeFunction('acknowledge', (name) => acknowledged.add(name));
      await app.page.evaluate((start) => {
        (async () => {
          for (let n = start; ; ++n) {
            const create = { command: 'CreateRecord', object: 'Account', fields: { Name: `edit ${n}`, Description: 'x'.repeat(n % 400) } };
            const { ok } = await window.outpost.execute({ command: 'Batch', commands: [create, create] });
            if (ok) window.acknowledge(`edit ${n}`);
          }
        })();
      }, next);
      await new Promise((done) => setTimeout(done, 300 + Math.random() * 900));
      killBrowser(profile.folder);
      next += 100_000;
      await app.close({ expected: [/.*/] }).catch(() => {});
    }
    assert.ok(acknowledged.size > kills, `only ${acknowledged.size} edits were acknowledged`);
    console.log(`# ${acknowledged.size} acknowledged edits, ${kills} kills, none lost`);
  } finally {
    killBrowser(profile.folder);
    await server.close();
    await profile.remove();
  }
});
