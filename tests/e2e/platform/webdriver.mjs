// WebKitGTK's own test browser by the W3C WebDriver protocol, as far as a first look at the page needs it: elements of
// the mirror found by role and name, real clicks and keys. Playwright can't drive a distribution's WebKit.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { until, virtualDisplay } from '../support.mjs';

const elementKey = 'element-6066-11e4-a52e-4f735466cecf';  // the protocol's name of an element's reference
export const keys = { enter: '\uE007', control: '\uE009', right: '\uE014', escape: '\uE00C', null: '\uE000' };

function miniBrowser() {
  for (const folder of readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`))
    for (const version of ['4.1', '6.0', '4.0'])
      if (existsSync(`${folder}/webkit2gtk-${version}/MiniBrowser`)) return `${folder}/webkit2gtk-${version}/MiniBrowser`;
  throw new Error('no WebKitGTK: .tools/setup.sh installs webkit2gtk-driver');
}

const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

// In the page: the elements of a role whose accessible name fits.
const find = `
  const [role, pattern] = arguments, name = new RegExp(pattern);
  const tags = { link: 'a', textbox: 'input:not([type=search]),textarea', searchbox: 'input[type=search]' };
  const all = document.querySelectorAll('#mirror [role=' + role + ']' + (tags[role] ? ',#mirror ' + tags[role].replaceAll(',', ',#mirror ') : ''));
  return [...all].filter((e) => name.test(e.getAttribute('aria-label') ?? e.textContent));`;

export async function openWebKit() {
  const port = await freePort();
  // WebKit's own sandbox needs rights that containers don't give.
  const env = { ...process.env, DISPLAY: await virtualDisplay(), WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore', detached: true });
  const failed = new Promise((_, refuse) => driver.on('error', () => refuse(new Error('no WebKitWebDriver: .tools/setup.sh installs it'))));
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await Promise.race([failed, until(() => call('GET', '/status'), 'the driver', 15_000)]);
  const { sessionId } = await call('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } } } });
  const at = `/session/${sessionId}`;
  await call('POST', `${at}/timeouts`, { script: 60_000 });
  const run = (script, ...args) => call('POST', `${at}/execute/sync`, { script, args });
  const elements = (role, name) => run(find, role, name.source);
  const page = {
    goto: (url) => call('POST', `${at}/url`, { url }),
    reload: () => call('POST', `${at}/refresh`, {}),
    run,
    // A promise's answer.
    wait: (script, ...args) => call('POST', `${at}/execute/async`, { script: `const done = arguments[arguments.length - 1]; (async () => { ${script} })().then(done, (e) => done({ error: String(e) }));`, args }),
    count: async (role, name) => (await elements(role, name)).length,
    element: (role, name) => until(async () => (await elements(role, name))[0], `${role} ${name}`, 20_000),
    click: async (role, name) => call('POST', `${at}/element/${(await page.element(role, name))[elementKey]}/click`, {}),
    focus: async (role, name) => run('arguments[0].focus()', await page.element(role, name)),
    // Chords are given as arrays: all down, then all up.
    type: async (...parts) => {
      const actions = parts.flatMap((part) => (Array.isArray(part) ? [...part.map((value) => ({ type: 'keyDown', value })), ...part.map((value) => ({ type: 'keyUp', value })).reverse()]
        : [...part].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }])));
      await call('POST', `${at}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] });
    },
    query: (soql) => page.wait('await window.outpost.ready; return window.outpost.query(arguments[0]);', soql),
    ready: async () => {
      await until(() => run("return typeof window.outpost === 'object'"), 'window.outpost');
      return page.wait('return window.outpost.ready;');
    },
    close: async () => {
      await call('DELETE', at).catch(() => {});
      try { process.kill(-driver.pid); } catch { /* it had ended by itself */ }
    },
  };
  return page;
}
