// Text on the canvas against the browser's own text at the same place: as sharp at every pixel ratio, and lines that
// mix directions in the same order.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, steadyPlace, until } from './support.mjs';

// The page as soon as two pictures, some time apart, are the same: a busy machine draws late.
async function pictureAtRest(page, options = {}) {
  let last = '';
  return until(async () => {
    await page.waitForTimeout(500);
    const picture = (await page.screenshot(options)).toString('base64');
    const same = picture === last;
    last = picture;
    return same && picture;
  }, 'a picture that stays');
}

// Draws the element's words once more as DOM text at the element's place, and takes both pictures.
async function pictures(page, locator, { pixels, weight, style = '' }) {
  const box = await steadyPlace(locator);
  // Even numbers are whole device pixels at a ratio of 1.5 too. The pictures are of the whole page and cut out below:
  // the browser scales one that it cuts out itself.
  const even = (value) => 2 * Math.floor(value / 2);
  const clip = { x: even(box.x) - 2, y: even(box.y + box.height / 2) - 12, width: even(box.width) + 8, height: 24 };  // without the row's lines
  await page.mouse.move(2, 2);
  const canvas = await pictureAtRest(page);
  await locator.evaluate((element, { pixels, weight, style, box, clip }) => {
    const back = document.createElement('div');
    back.id = 'reference';
    back.style.cssText = `position:fixed;z-index:99999;background:#fafbfc;left:${clip.x}px;top:${clip.y}px;width:${clip.width}px;height:${clip.height}px`;
    const words = document.createElement('div');
    words.dir = 'auto';
    words.style.cssText = `position:absolute;left:${box.x - clip.x}px;top:${box.y - clip.y}px;height:${box.height}px;line-height:${box.height}px;` +
      `color:#15171c;font-weight:${weight};font-size:${pixels}px;font-family:${getComputedStyle(document.documentElement).getPropertyValue('--font')};` +
      `white-space:pre;text-align:left;font-kerning:none;${style}`;
    words.textContent = element.textContent;
    back.append(words);
    document.body.append(back);
  }, { pixels, weight, style, box, clip });
  const dom = (await page.screenshot()).toString('base64');
  await page.evaluate(() => document.getElementById('reference').remove());
  return { images: [canvas, dom], clip };
}

// For each picture: ink by column, and how steep its edges are for the ink that it has.
const measure = (page, pictures) => page.evaluate(async ({ images, clip }) => {
  const out = [];
  const pixels = (value) => Math.round(value * devicePixelRatio);
  for (const source of images) {
    const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(pixels(clip.x), pixels(clip.y), pixels(clip.width), pixels(clip.height));
    const light = (x, y) => { const i = (y * width + x) * 4; return 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2]; };
    const ground = light(0, 0);
    const columns = new Array(width).fill(0);
    let ink = 0, edges = 0;
    for (let y = 1; y < height; y++) for (let x = 1; x < width; x++) {
      const here = light(x, y);
      columns[x] += Math.abs(here - ground);
      ink += Math.abs(here - ground);
      edges += (here - light(x - 1, y)) ** 2 + (here - light(x, y - 1)) ** 2;
    }
    out.push({ columns, sharpness: Math.sqrt(edges) / Math.sqrt(ink) });
  }
  return out;
}, pictures);

// The best correlation of two profiles, shifted by some pixels.
function likeness(a, b) {
  let best = -1;
  for (let shift = -4; shift <= 4; shift++) {
    let sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, n = 0;
    for (let i = 0; i < a.length; i++) {
      const k = i + shift;
      if (k < 0 || k >= b.length) continue;
      n++; sa += a[i]; sb += b[k]; saa += a[i] ** 2; sbb += b[k] ** 2; sab += a[i] * b[k];
    }
    const value = (n * sab - sa * sb) / Math.sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
    if (value > best) best = value;
  }
  return best;
}

async function openList(t, names, options = {}) {
  // Wide, so that no name is cut.
  const app = await openApp({ colorScheme: 'light', viewport: { width: 1600, height: 800 }, ...options });
  t.after(() => app.close());
  for (const Name of names) {
    const answer = await execute(app.page, { command: 'CreateRecord', object: 'Account', fields: { Name } });
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }
  await app.page.goto(`${app.address}#/o/Account`);
  const link = (name) => app.page.getByRole('link', { name, exact: true });
  await until(() => link(names[0]).count(), 'the list');
  return { ...app, link };
}

const strong = { pixels: 13, weight: 600 };  // a list's first column

test('text is as sharp as the browser\'s own', { timeout: 120_000 }, async (t) => {
  for (const deviceScaleFactor of [1, 1.5, 2]) {
    const app = await openList(t, ['Hamburg Wind Millimetres 1,247', '北京科技有限公司 illil'], { deviceScaleFactor });
    for (const name of ['Hamburg Wind Millimetres 1,247', '北京科技有限公司 illil']) {
      // A busy machine may not have shown the frame yet: a picture without ink is taken again.
      const [canvas, dom] = await until(async () => {
        const both = await measure(app.page, await pictures(app.page, app.link(name), strong));
        return both[0].sharpness > 0 && both;
      }, 'its picture');
      const ratio = canvas.sharpness / dom.sharpness;
      t.diagnostic(`ratio ${deviceScaleFactor}, ${name}: ${ratio.toFixed(3)} of DOM text`);
      assert.ok(ratio >= 0.95, `${name} at ${deviceScaleFactor}: ${ratio.toFixed(3)}`);
    }
  }
});

test('lines that mix directions stand in the browser\'s order', { timeout: 120_000 }, async (t) => {
  const names = ['Acme שלום עולם, 123 Ltd', 'שלום Acme עולם 45', 'شركة الطاقة (Energy) 2026', 'Fa. حديد وشركاه & Söhne'];
  const app = await openList(t, names, { deviceScaleFactor: 1 });
  for (const name of names) {
    const [canvas, dom] = await measure(app.page, await pictures(app.page, app.link(name), strong));
    const [, unordered] = await measure(app.page, await pictures(app.page, app.link(name), { ...strong, style: 'unicode-bidi:bidi-override;direction:ltr' }));
    const right = likeness(canvas.columns, dom.columns), wrong = likeness(canvas.columns, unordered.columns);
    t.diagnostic(`${name}: ${right.toFixed(3)} like the browser's order, ${wrong.toFixed(3)} like the order of the letters`);
    assert.ok(right > 0.85, `${name}: ${right}`);
    assert.ok(right > wrong + 0.1, `${name}: ${right} against ${wrong}`);
  }
});

test('search hits are marked where the letters are, without regard to accents and direction', { timeout: 120_000 }, async (t) => {
  const names = ['Zürich Werke', 'Acme שלום עולם Ltd'];
  const app = await openList(t, names);
  const marked = async (name) => {
    const box = await steadyPlace(app.link(name));
    await app.page.mouse.move(2, 2);
    const clip = { x: box.x, y: box.y, width: box.width, height: box.height };
    const image = await pictureAtRest(app.page, { clip });
    return app.page.evaluate(async (source) => {
      const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const columns = [];
      for (let x = 0; x < width; x++) {
        let yellow = 0;
        for (let y = 0; y < height; y++) { const i = (y * width + x) * 4; if (data[i] - data[i + 2] > 60) yellow++; }
        if (yellow > height / 4) columns.push(x);
      }
      return columns.length ? [columns[0] / width, columns.at(-1) / width] : null;
    }, image);
  };
  await app.page.getByRole('searchbox', { name: 'Filter Accounts' }).fill('zurich');
  await until(async () => (await app.link(names[1]).count()) === 0, 'the filter');
  const latin = await marked(names[0]);
  assert.ok(latin && latin[0] < 0.05 && latin[1] > 0.35 && latin[1] < 0.65, `Zürich: ${latin}`);
  await app.page.getByRole('searchbox', { name: 'Filter Accounts' }).fill('עולם');
  await until(() => app.link(names[1]).count(), 'the filter');
  await until(async () => (await app.link(names[0]).count()) === 0, 'the filter');
  // "עולם" follows "שלום" in reading order, so it stands left of it, right after "Acme".
  const hebrew = await marked(names[1]);
  assert.ok(hebrew && hebrew[0] > 0.2 && hebrew[0] < 0.5 && hebrew[1] < 0.7, `עולם: ${hebrew}`);
});
